// A signing key for a webhook, made in the browser so that it is seen there once and nowhere again.

/** 32 random bytes in the form that receivers of the scheme know. */
export function newSigningKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}
