package ekiden.testing.sim;

/** Where mail comes from in a world. */
enum Kind {
    /** Over the listener alone. */
    LISTENER,
    /** Over the listener, and out of folders at mail servers. */
    SERVERS;

    /** What a seed alone says: three worlds of four have mail servers. */
    static Kind of(long seed) {
        return seed % 4 == 0 ? LISTENER : SERVERS;
    }
}
