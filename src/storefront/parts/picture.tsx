import { srcsetOf } from "../../capabilities/selling/media/contract/types.ts";

interface PictureProps {
  src: string;
  alt: string;
  /** Shown at once; every other picture waits until it is near. */
  isFirst?: boolean;
  width?: number;
  height?: number;
  /** How wide it is shown, for the choice among the sizes of a picture of ours. */
  sizes?: string;
  class?: string;
}

/** A picture whose place is kept before it loads. Other hosts are not told which page the shopper looks at. */
export function Picture(props: PictureProps) {
  const { src, alt, isFirst = false, width = 800, height = 1000, sizes = "100vw", class: name } = props;
  const isForeign = !src.startsWith("/");
  const srcset = srcsetOf(src, props.width);
  return (
    <img
      class={name}
      src={src}
      srcset={srcset}
      sizes={srcset && sizes}
      alt={alt}
      width={width}
      height={height}
      loading={isFirst ? "eager" : "lazy"}
      fetchpriority={isFirst ? "high" : undefined}
      decoding="async"
      referrerpolicy={isForeign ? "no-referrer" : undefined}
    />
  );
}

/** Keeps the place of a picture that a product does not have. */
export const NoPicture = () => <span class="no-picture" aria-hidden="true" />;
