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

    /**
     * What computing with the keys that a mail brings along may cost, all signatures and searches together. The unit is about 3 µs: one bit of the exponent of an
     * RSA key of 1024 bits; a usual key of 2048 bits costs 68, one of 4096 bits 272.
     */
    static final int KEY_WORK = 100_000;

    /**
     * Elements of BER in a wrapping or signature: the library makes objects of each. Content of 16 MiB in pieces of 1,000 bytes has 17,000, ten certificates
     * with ten signers a few thousand.
     */
    static final int ELEMENTS = 50_000;

    /** Elements of BER inside each other; usual ones have about 15. */
    static final int DEPTH = 60;

    /** Certificates among which that of a signer is looked for. */
    static final int SEARCHED = 100;

    /** Parts of a name that is compared with another one by what it means, and not by its bytes: each is compared with each. */
    static final int NAME_PARTS = 30;

    /** Bytes of a certificate that is looked at. */
    static final int CERTIFICATE_BYTES = 64 << 10;

    private SmimeLimits() {}
}
