package ekiden.mail.address.ldap;

/**
 * Bounds of asking a directory.
 *
 * @param connections most connections to one directory
 * @param variants most ways of writing a name that one question tries
 * @param splitChars a Japanese name without blanks up to this length is also tried with a blank between any two characters
 * @param members most members that are read of one list
 */
public record LdapLimits(int connections, int variants, int splitChars, int members) {
    /** 4 connections, 24 ways of writing a name, blanks put into names up to 10 characters, 10,000 members. */
    public static final LdapLimits DEFAULT = new LdapLimits(4, 24, 10, 10_000);
}
