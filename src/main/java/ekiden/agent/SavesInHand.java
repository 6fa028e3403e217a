package ekiden.agent;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Mails that are being saved, or wait until they can be, and which of them do not wait. A call for one that is not in hand is not kept: it comes
 * again. Safe from any thread.
 */
final class SavesInHand {
    private final Map<String, Save> saves = new HashMap<>();

    private static final class Save {
        private boolean calledOff;
        private @Nullable Runnable giveUp;
    }

    synchronized void begin(String claim) {
        saves.computeIfAbsent(claim, one -> new Save());
    }

    synchronized void end(String claim) {
        saves.remove(claim);
    }

    /**
     * @param giveUp runs instead of the next try where the save is called off meanwhile
     * @return whether it may wait for the next try
     */
    synchronized boolean await(String claim, Runnable giveUp) {
        Save save = saves.get(claim);
        if (save == null || save.calledOff) {
            return false;
        }
        save.giveUp = giveUp;
        return true;
    }

    /** {@return whether it still waits} */
    synchronized boolean waits(String claim) {
        Save save = saves.get(claim);
        return save != null && save.giveUp != null;
    }

    /** The time of the next try has come. {@return whether it was not given up meanwhile} */
    synchronized boolean goOn(String claim) {
        Save save = saves.get(claim);
        boolean waited = save != null && save.giveUp != null;
        if (save != null) {
            save.giveUp = null;
        }
        return waited;
    }

    /** A save that waits is given up at once, one that is being tried when that try fails. */
    void callOff(String claim) {
        Runnable giveUp;
        synchronized (this) {
            Save save = saves.get(claim);
            if (save == null) {
                return;
            }
            save.calledOff = true;
            giveUp = save.giveUp;
            save.giveUp = null;
        }
        if (giveUp != null) {
            giveUp.run();
        }
    }
}
