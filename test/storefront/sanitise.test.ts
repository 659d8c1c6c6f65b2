import { describe, expect, it } from "vitest";
import { sanitiseHtml } from "../../src/storefront/sanitise.ts";

describe("sanitiseHtml", () => {
  it("keeps what a description needs", async () => {
    const html = "<h2>Care</h2><p>Wash <strong>cold</strong>.<br></p><ul><li>one</li><li>two</li></ul>";
    expect(await sanitiseHtml(html)).toBe(html);
  });

  it("links to the web and to mail, and to nothing else", async () => {
    const rel = ' rel="nofollow noopener noreferrer"';
    expect(await sanitiseHtml('<a href="https://a.example/?x=1&amp;y=2" onclick="x()">a</a>')).toBe(
      `<a href="https://a.example/?x=1&amp;y=2"${rel}>a</a>`,
    );
    expect(await sanitiseHtml('<a href="mailto:a@b.example">m</a>')).toContain("mailto:");
    for (const href of [
      "javascript:alert(1)",
      " jAvascript:alert(1)",
      "data:text/html,x",
      "java&#10;script:x",
      "&#106;avascript:x",
      "//x",
    ])
      expect(await sanitiseHtml(`<a href="${href}">x</a>`)).toBe("<a>x</a>");
  });

  it("drops scripts, styles, frames and drawings with all that is in them", async () => {
    const hostile = [
      "<script>alert(1)</script>",
      "<style>p{color:red}</style>",
      "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
      "<svg><script>alert(1)</script><p>in</p></svg>",
      "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
      "<textarea><img src=x onerror=alert(1)></textarea>",
      "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
      "<!-- <p>no</p> -->",
    ];
    for (const html of hostile)
      expect(await sanitiseHtml(`<p>a</p>${html}`), html).not.toMatch(/<(?!\/?p>)|onerror=alert\(1\)>|alert\(1\)<\//);
  });

  it("keeps the words of what it does not know, without its attributes", async () => {
    expect(
      await sanitiseHtml('<div class="x"><p style="x" onclick="y">Hi <font color=red>there</font></p></div>'),
    ).toBe("<p>Hi there</p>");
  });

  it("closes what is open and ignores what was never opened", async () => {
    expect(await sanitiseHtml("<ul><li>a<li>b<strong>c")).toBe("<ul><li>a</li><li>b<strong>c</strong></li></ul>");
    expect(await sanitiseHtml("a</div></p></main>b")).toBe("ab");
  });

  it("never lets half a tag through", async () => {
    for (const html of [
      "<p>a</p><img src=x onerror=alert(1) ",
      "a <b",
      "<a href='https://x.example",
      "<<script>p>",
      "a < b > c",
    ])
      expect(await sanitiseHtml(html), html).not.toMatch(/<(?!\/?(p|a|b|strong)[ >])/);
  });
});
