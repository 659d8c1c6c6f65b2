/** The shop's mark: a small lantern in the shop's colour. Decorative; the name stands beside it. */
export function Lantern() {
  return (
    <svg class="lantern" viewBox="0 0 32 40" width="32" height="40" aria-hidden="true">
      <path class="lantern-cord" d="M16 0v6M16 34v3" />
      <rect class="lantern-cap" x="10.5" y="5" width="11" height="3.4" rx="1" />
      <rect class="lantern-cap" x="10.5" y="30.6" width="11" height="3.4" rx="1" />
      <ellipse class="lantern-paper" cx="16" cy="19.5" rx="13.5" ry="11.6" />
      <path class="lantern-ribs" d="M16 8v23M16 8C8.500 11 8.500 28 16 31M16 8c7.500 3 7.500 20 0 23" />
      <path class="lantern-tassel" d="M14 37h4l-.5 3h-3z" />
    </svg>
  );
}
