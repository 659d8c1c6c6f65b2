import { Hono } from "hono";
import { icon } from "./feeds/icon.ts";
import { llms } from "./feeds/llms.ts";
import { merchantFeed } from "./feeds/merchant.ts";
import { robots } from "./feeds/robots.ts";
import { rss } from "./feeds/rss.ts";
import { pagesSitemap, productsSitemap, sitemap } from "./feeds/sitemap.ts";
import {
  addressesPage,
  keepAddressFromForm,
  preferAddressFromForm,
  removeAddressFromForm,
} from "./pages/account/addresses.tsx";
import { confirmFromForm, confirmPage } from "./pages/account/confirm.tsx";
import { forgottenFromForm, forgottenPage } from "./pages/account/forgotten.tsx";
import { ownOrdersPage } from "./pages/account/orders.tsx";
import { accountPage } from "./pages/account/overview.tsx";
import { addPasskeyFromForm, removePasskeyFromForm, signInWithPasskeyFromForm } from "./pages/account/passkeys.ts";
import { registerFromForm, registerPage } from "./pages/account/register.tsx";
import { resetFromForm, resetPage } from "./pages/account/reset.tsx";
import {
  changePasswordFromForm,
  deleteAccountFromForm,
  endSessionFromForm,
  securityPage,
} from "./pages/account/security.tsx";
import { signInFromForm, signInPage, signOutFromForm } from "./pages/account/sign-in.tsx";
import { addToCart, cartPage, changeCartLine, removeCartLine } from "./pages/cart.tsx";
import { checkoutPage, placeOrderFromForm } from "./pages/checkout.tsx";
import { collectionPage } from "./pages/collection.tsx";
import { failedPage } from "./pages/failed.tsx";
import { heldPage, orderHeldFromForm } from "./pages/held.tsx";
import { homePage } from "./pages/home.tsx";
import { chooseLanguage } from "./pages/language.ts";
import { missingPage } from "./pages/missing.tsx";
import { noShopPage } from "./pages/no-shop.tsx";
import { cancelFromForm, orderPage, payAgain } from "./pages/order.tsx";
import { productPage } from "./pages/product.tsx";
import { salePage } from "./pages/sale.tsx";
import { playSandboxBank, sandboxBankPage } from "./pages/sandbox-bank.tsx";
import { searchPage } from "./pages/search.tsx";
import { shutShopPage } from "./pages/shut-shop.tsx";
import { stockMonitorPage } from "./pages/stock-monitor.tsx";
import { studioPicturesPage } from "./pages/studio-pictures.tsx";
import { takePartFromForm } from "./pages/take-part.tsx";
import { lineUpFromForm, waitingRoomPage } from "./pages/waiting-room.tsx";
import { partOf } from "./part-of.ts";
import { studio } from "./studio/routes.ts";
import { greetVisitor, type Storefront } from "./visit.ts";

/** The shopper's pages. Every form posts and redirects, so all of it works without scripts. */
export const storefront = new Hono<Storefront>();

storefront.use("*", greetVisitor, noShopPage, shutShopPage);
storefront.onError(failedPage);

storefront.get("/", homePage);
storefront.get("/collections/:handle", collectionPage);
storefront.get("/products/:handle", productPage);
storefront.get("/search", partOf("search"), searchPage);

storefront.get("/sales/:id", partOf("flash-sales"), salePage);
storefront.post("/sales/:id", partOf("flash-sales"), takePartFromForm);
storefront.get("/sales/:id/held/:participation", heldPage);
storefront.post("/sales/:id/held/:participation", orderHeldFromForm);
storefront.get("/sales/:id/room", partOf("waiting-room"), waitingRoomPage);
storefront.post("/sales/:id/room", partOf("waiting-room"), lineUpFromForm);

storefront.get("/cart", cartPage);
storefront.post("/cart/lines", addToCart);
storefront.post("/cart/lines/:line", changeCartLine);
storefront.post("/cart/lines/:line/remove", removeCartLine);

storefront.get("/checkout", checkoutPage);
storefront.post("/checkout", placeOrderFromForm);
storefront.get("/pay/sandbox/:payment", sandboxBankPage);
storefront.post("/pay/sandbox/:payment", playSandboxBank);

storefront.get("/orders/:id", orderPage);
storefront.post("/orders/:id/pay", payAgain);
storefront.post("/orders/:id/cancel", cancelFromForm);

storefront.use("/account/*", partOf("accounts"));
storefront.get("/account", accountPage);
storefront.get("/account/sign-in", signInPage);
storefront.post("/account/sign-in", signInFromForm);
storefront.post("/account/passkey", signInWithPasskeyFromForm);
storefront.post("/account/sign-out", signOutFromForm);
storefront.get("/account/register", registerPage);
storefront.post("/account/register", registerFromForm);
storefront.get("/account/forgotten", forgottenPage);
storefront.post("/account/forgotten", forgottenFromForm);
storefront.get("/account/reset", resetPage);
storefront.post("/account/reset", resetFromForm);
storefront.get("/account/confirm", confirmPage);
storefront.post("/account/confirm", confirmFromForm);
storefront.get("/account/orders", ownOrdersPage);
storefront.get("/account/addresses", addressesPage);
storefront.post("/account/addresses", keepAddressFromForm);
storefront.post("/account/addresses/:address/default", preferAddressFromForm);
storefront.post("/account/addresses/:address/remove", removeAddressFromForm);
storefront.get("/account/security", securityPage);
storefront.post("/account/security/password", changePasswordFromForm);
storefront.post("/account/security/sessions/:session/end", endSessionFromForm);
storefront.post("/account/security/passkeys", addPasskeyFromForm);
storefront.post("/account/security/passkeys/:passkey/remove", removePasskeyFromForm);
storefront.post("/account/security/deletion", deleteAccountFromForm);

storefront.route("/", studio);
storefront.get("/studio/pictures", partOf("media"), studioPicturesPage);
storefront.get("/monitor/stock", partOf("consistency"), stockMonitorPage);

storefront.post("/language", chooseLanguage);
storefront.get("/sitemap.xml", sitemap);
storefront.get("/sitemaps/pages.xml", pagesSitemap);
storefront.get("/sitemaps/products.xml", productsSitemap);
storefront.get("/feeds/new.rss", rss);
storefront.get("/feeds/merchant.xml", merchantFeed);
storefront.get("/llms.txt", llms);
storefront.get("/robots.txt", robots);
storefront.get("/icon.svg", icon);
storefront.all("*", missingPage);
