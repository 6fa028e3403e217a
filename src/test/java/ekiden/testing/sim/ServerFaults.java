package ekiden.testing.sim;

/**
 * How often things go wrong between a reader and its mail server: one time in so many calls, 0 for never.
 *
 * @param drop the connection ends, before or behind what was asked for
 * @param stall no answer, for long or until the connection is closed from outside
 * @param slow an answer takes long, and other things happen meanwhile
 * @param notNow the server has no time: rate limit, OVERQUOTA, too many connections
 * @param cut a body ends in its middle
 * @param deaf a hint does not come, or a wait ends in nothing
 * @param crash the agent ends in a call
 */
record ServerFaults(int drop, int stall, int slow, int notNow, int cut, int deaf, int crash) {
    static final ServerFaults NONE = new ServerFaults(0, 0, 0, 0, 0, 0, 0);

    /** Each world has a weather of its own. */
    static ServerFaults drawn(Chance chance) {
        return new ServerFaults(
                chance.one(3) ? 0 : chance.between(6, 60),
                chance.one(2) ? 0 : chance.between(20, 120),
                chance.between(2, 12),
                chance.one(2) ? 0 : chance.between(10, 80),
                chance.one(2) ? 0 : chance.between(4, 40),
                chance.one(3) ? 0 : chance.between(2, 12),
                chance.one(2) ? 0 : chance.between(20, 200));
    }
}
