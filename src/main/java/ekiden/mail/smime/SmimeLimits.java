package ekiden.mail.smime;

/** How much is looked at to tell who signed a mail and who vouches for him. */
final class SmimeLimits {
    /** Signers of one signature that are told; more are a mail made to be slow. */
    static final int SIGNERS = 10;

    /** Certificates that a signature may bring along to show who vouches for its signer. */
    static final int CERTIFICATES = 10;

    /**
     * Certificates that are looked at in all searches of one mail for somebody who vouches. Ten that vouch for each other in many ways cost 63 for each
     * signer, and a mail may have 200 signers; a usual chain costs four.
     */
    static final int LOOKED_AT = 200;

    private SmimeLimits() {}
}
