// A "p" that is also a mouth that speaks; the dot is what is said.

export function Logo({ size = 32 }: { readonly size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 32 32" fill="none">
      <path
        d="M7 29.2V14.5a9.5 9.5 0 1 1 9.5 9.5"
        stroke="var(--accent)"
        strokeWidth="5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="16.5" cy="14.5" r="3.1" fill="var(--signal)" />
    </svg>
  );
}
