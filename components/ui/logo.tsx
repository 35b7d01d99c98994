// A "p" that is a speech bubble: its bowl is round, its stem is the tail. The two who speak are the dots.

export function Logo({ size = 32 }: { readonly size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 32 32">
      <path
        d="M16.5 3C9.6 3 4 8.4 4 15.2V28.2c0 1 1.2 1.6 2 .9l3.7-3.3c2 1 4.4 1.6 6.8 1.6C23.4 27.4 29 22 29 15.2S23.4 3 16.5 3z"
        fill="var(--accent)"
      />
      <circle cx="12" cy="15.2" r="2.6" fill="var(--on-accent)" />
      <circle cx="20.6" cy="15.2" r="2.6" fill="var(--signal)" />
    </svg>
  );
}
