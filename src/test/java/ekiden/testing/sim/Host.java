package ekiden.testing.sim;

/** A process that may end and be started again; each start is a new life. */
final class Host {
    final String name;
    private int life;
    private boolean up;

    Host(String name) {
        this.name = name;
    }

    int life() {
        return life;
    }

    boolean up() {
        return up;
    }

    boolean lives(int thisLife) {
        return up && life == thisLife;
    }

    /** Ends the caller where this life is over. */
    void mustLive(int thisLife) {
        if (!lives(thisLife)) {
            throw new SimCrash();
        }
    }

    int begin() {
        up = true;
        return ++life;
    }

    void end() {
        up = false;
    }
}
