import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../src/config.js';

describe('mail by environment variables', () => {
  it('is off without them', () => {
    expect(loadConfig({}).mail).toBeUndefined();
  });

  it.each([
    ['Wijksignaal Gent <signalen@example.be>', { name: 'Wijksignaal Gent', address: 'signalen@example.be' }],
    ['"Wijksignaal" <signalen@example.be>', { name: 'Wijksignaal', address: 'signalen@example.be' }],
    ['signalen@example.be', { name: '', address: 'signalen@example.be' }],
  ])('is from %s', (MAIL_FROM, from) => {
    const smtpUrl = 'smtps://user:geheim@mail.example.be:465';
    expect(loadConfig({ SMTP_URL: smtpUrl, MAIL_FROM }).mail).toEqual({ smtpUrl, from });
  });

  it.each([
    [{ SMTP_URL: 'smtp://localhost' }, /MAIL_FROM/],
    [{ MAIL_FROM: 'a@example.be' }, /SMTP_URL/],
    [{ SMTP_URL: 'http://localhost', MAIL_FROM: 'a@example.be' }, /SMTP_URL/],
    [{ SMTP_URL: 'smtp://localhost', MAIL_FROM: 'niemand' }, /MAIL_FROM/],
    [{ SMTP_URL: 'smtp://localhost', MAIL_FROM: 'A <a@example.be> <b@example.be>' }, /MAIL_FROM/],
    [{ SMTP_URL: 'smtp://localhost', MAIL_FROM: 'A\r\nBcc: b@example.be <a@example.be>' }, /MAIL_FROM/],
  ])('is refused at the start by name, not by value: %j', (environment, message) => {
    expect(() => loadConfig(environment)).toThrow(ConfigError);
    expect(() => loadConfig(environment)).toThrow(message);
  });
});
