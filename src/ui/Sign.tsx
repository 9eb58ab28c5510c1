// The few small signs of the kit: drawn, so that they look the same with every font. Always beside a word.

const paths = {
  running: <circle cx="8" cy="8" r="6" fill="currentColor" />,
  soon: (
    <>
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M8 8V2a6 6 0 0 1 6 6z" fill="currentColor" />
    </>
  ),
  late: <path d="M8 1.5 15 14H1z" fill="currentColor" />,
  paused: <path d="M4.5 2.5v11M11.5 2.5v11" stroke="currentColor" strokeWidth="2.4" />,
  met: <path d="m2.5 8.5 3.6 3.8 7.4-8.6" fill="none" stroke="currentColor" strokeWidth="2.2" />,
  missed: <path d="m3 3 10 10M13 3 3 13" stroke="currentColor" strokeWidth="2.2" />,
  void: (
    <>
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="m4 12 8-8" stroke="currentColor" strokeWidth="1.6" />
    </>
  ),
  warning: (
    <>
      <path d="M8 1.5 15 14H1z" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
      <path d="M8 6v3.6M8 11.2v1.2" stroke="currentColor" strokeWidth="1.6" />
    </>
  ),
  note: (
    <>
      <circle cx="8" cy="8" r="6.3" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M8 7.2v4M8 4.4v1.4" stroke="currentColor" strokeWidth="1.6" />
    </>
  ),
  nothing: (
    <path
      d="M2 9.5 4 3h8l2 6.5V13H2zM2 9.5h3.5l1 1.7h3l1-1.7H14"
      fill="none"
      stroke="currentColor"
      strokeWidth="1"
      strokeLinejoin="round"
    />
  ),
  find: (
    <>
      <circle cx="7" cy="7" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="m10.5 10.5 3.6 3.6" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  down: <path d="m4 6 4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  menu: <path d="M2 4h12M2 8h12M2 12h12" stroke="currentColor" strokeWidth="1.5" />,
  phone: (
    <path
      d="M4.6 1.8 6.4 5 5 6.6c.8 1.8 2.3 3.3 4.2 4.2L10.8 9.4l3.4 1.8c0 2-1.4 3.2-3 3C6.6 13.6 2.2 9.2 1.7 4.7c-.2-1.6 1-2.9 2.9-2.9z"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinejoin="round"
    />
  ),
  bell: (
    <>
      <path
        d="M8 1.8c-2.6 0-4.2 1.9-4.2 4.4 0 3.6-1.5 4.6-1.5 5.4h11.4c0-.8-1.5-1.8-1.5-5.4 0-2.5-1.6-4.4-4.2-4.4z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinejoin="round"
      />
      <path d="M6.4 13.6c.3.7.9 1 1.6 1s1.3-.3 1.6-1" fill="none" stroke="currentColor" strokeWidth="1.4" />
    </>
  ),
  person: (
    <>
      <circle cx="8" cy="5.2" r="2.9" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="M2.4 14c.6-3.2 2.8-4.6 5.6-4.6s5 1.4 5.6 4.6" fill="none" stroke="currentColor" strokeWidth="1.4" />
    </>
  ),
} as const;
export type SignName = keyof typeof paths;

export function Sign({ name }: { name: SignName }) {
  return (
    <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false">
      {paths[name]}
    </svg>
  );
}
