package ekiden.mail.profile;

/** In which character set a mail is written. The names are the words of the settings. */
public enum MailCharset {
    /** UTF-8, which has every character. */
    UTF_8,
    /** ISO-2022-JP as RFC 1468 has it: ASCII and JIS X 0208. A mail with any other character is written in UTF-8. */
    ISO_2022_JP,
    /**
     * ISO-2022-JP as the mail programs of Windows write it (code page 50220): with the characters of NEC and IBM in their rows of JIS, half-width katakana
     * widened. A mail with a character that is not there either is written in UTF-8.
     */
    ISO_2022_JP_MS
}
