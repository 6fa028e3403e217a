package ekiden.testing.sim;

/** A process ended here. The product never catches it; whatever its finally blocks still try does nothing. */
final class SimCrash extends Error {
    private static final long serialVersionUID = 1;

    SimCrash() {
        super("the process ended here", null, false, false);
    }
}
