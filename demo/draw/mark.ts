/** The shop's mark: a lantern whose ten ribs of light are the ten lamps of the row. Takes the colour of its text. */
export const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64" fill="none" stroke="currentColor" stroke-width="3.5" stroke-linecap="round" stroke-linejoin="round"><path d="M32 3v7"/><path d="M23 12h18"/><path d="M24 17C9 22 9 43 24 48h16c15-5 15-26 0-31Z"/><path d="M23 53h18"/><path d="M32 56v5"/><path d="M19 28.5h26.2M19 36.5h26.2" stroke-width="4.2" stroke-dasharray="0 6.5" stroke="#e08a3c"/></svg>
`;

export const favicon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64"><defs><radialGradient id="g" cy=".55" r=".6"><stop stop-color="#fff6d8"/><stop offset=".45" stop-color="#ffd07a"/><stop offset="1" stop-color="#d9643a"/></radialGradient></defs><rect width="64" height="64" rx="14" fill="#3b3358"/><path d="M31 5h2v7h-2zM31 53h2v7h-2z" fill="#f6d58f"/><path d="M24 16C9 21 9 44 24 49h16c15-5 15-28 0-33Z" fill="url(#g)"/><path d="M15 27q17 5 34 0M15 38q17 5 34 0" fill="none" stroke="#a8432f" stroke-width="2" opacity=".55"/><path d="M23 12h18v5H23zM23 48h18v5H23z" fill="#f6d58f"/></svg>
`;
