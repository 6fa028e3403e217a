package ekiden.testing.sim;

/**
 * How often things go wrong: one time in so many, 0 for never.
 *
 * @param diskCrash a process ends at a disk operation
 * @param storeCrash a process ends before or behind a commit
 * @param linkCrash a process ends as it sends a message
 * @param storeFault a commit conflicts, is rolled back, or is not answered
 * @param diskError a disk operation fails without being full
 * @param drop a message is lost
 * @param repeat a message comes twice
 * @param slow a message or a mail takes long
 * @param sendFault a mail server refuses, fails or leaves in doubt
 * @param commandFault a program cannot be started, a wrapper is slow or killed
 * @param replyLost a client does not hear the 250 that it was told
 */
record Faults(
        int diskCrash,
        int storeCrash,
        int linkCrash,
        int storeFault,
        int diskError,
        int drop,
        int repeat,
        int slow,
        int sendFault,
        int commandFault,
        int replyLost) {
    static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Each world has a weather of its own: some have no crashes, some have little else. */
    static Faults drawn(Chance chance) {
        int storms = chance.below(4);
        int crash = storms == 0 ? 0 : storms == 1 ? 3_000 : storms == 2 ? 600 : 150;
        int link = chance.below(3) == 0 ? 0 : chance.between(4, 40);
        return new Faults(
                crash,
                crash / 6,
                crash / 2,
                chance.one(3) ? 0 : chance.between(8, 60),
                chance.one(2) ? 0 : chance.between(200, 2_000),
                link,
                link,
                chance.between(3, 30),
                chance.one(3) ? 0 : chance.between(2, 10),
                chance.one(3) ? 0 : chance.between(3, 20),
                chance.one(3) ? 0 : chance.between(4, 20));
    }
}
