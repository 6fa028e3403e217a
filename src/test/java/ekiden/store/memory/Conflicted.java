package ekiden.store.memory;

/** Ends a transaction whose compare-and-set did not hold. */
final class Conflicted extends RuntimeException {
    private static final long serialVersionUID = 1;

    Conflicted(String what) {
        super(what, null, false, false);
    }
}
