interface PictureProps {
  src: string;
  alt: string;
  /** Shown at once; every other picture waits until it is near. */
  isFirst?: boolean;
  width?: number;
  height?: number;
  class?: string;
}

/** A picture whose place is kept before it loads. Other hosts are not told which page the shopper looks at. */
export function Picture({ src, alt, isFirst = false, width = 800, height = 1000, class: name }: PictureProps) {
  const isForeign = !src.startsWith("/");
  return (
    <img
      class={name}
      src={src}
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
