/** The page's icons, drawn in the colour of the text. Each has a label beside it that says the same. */
import type { ComponentChildren } from "preact";

const Icon = ({ children }: { readonly children: ComponentChildren }) => (
  <svg
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    {children}
  </svg>
);

export const RoomsIcon = () => (
  <Icon>
    <path d="M4 6h16M4 12h16M4 18h10" />
  </Icon>
);

export const PeopleIcon = () => (
  <Icon>
    <circle cx="12" cy="8" r="4" />
    <path d="M4 21c1-5 4-7 8-7s7 2 8 7" />
  </Icon>
);

export const NewLineIcon = () => (
  <Icon>
    <path d="M20 5v6a3 3 0 0 1-3 3H5m5-5-5 5 5 5" />
  </Icon>
);

export const EmojiIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="9" />
    <path d="M8 14c1 2 2.5 3 4 3s3-1 4-3M9 9.5h.01M15 9.5h.01" />
  </Icon>
);
