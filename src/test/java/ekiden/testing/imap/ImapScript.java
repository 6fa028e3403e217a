package ekiden.testing.imap;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a scripted server does wrong and when, and who may log in. Safe from any thread. */
public final class ImapScript {
    private final List<Rule> rules = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final Set<String> capabilities = new LinkedHashSet<>(List.of(
            "IMAP4rev1",
            "SASL-IR",
            "LITERAL+",
            "ID",
            "IDLE",
            "UIDPLUS",
            "MOVE",
            "ESEARCH",
            "SPECIAL-USE",
            "AUTH=PLAIN"));
    private String user = "taro";
    private String password = "secret";
    private String refusal = "[AUTHENTICATIONFAILED] Invalid credentials";
    private String rights = "";
    private boolean falseServer;
    private int iterations = 4096;

    private static final class Rule {
        private final ImapFault fault;
        private final String command;
        private final @Nullable Random chance;
        private final int percent;
        private int skip;
        private int times;

        private Rule(ImapFault fault, String command, int skip, int times, @Nullable Random chance, int percent) {
            this.fault = fault;
            this.command = command;
            this.skip = skip;
            this.times = times;
            this.chance = chance;
            this.percent = percent;
        }

        private boolean hit() {
            if (chance != null && chance.nextInt(100) >= percent) {
                return false;
            }
            if (skip > 0) {
                skip--;
                return false;
            }
            times -= times > 0 && times < Integer.MAX_VALUE ? 1 : 0;
            return true;
        }
    }

    /** From now on, whenever it can happen. {@return this} */
    public synchronized ImapScript always(ImapFault fault) {
        return add(new Rule(fault, "", 0, Integer.MAX_VALUE, null, 0));
    }

    /**
     * Once.
     *
     * @param fault what
     * @param command at which one, for example {@code UID FETCH}; empty for any
     * @return this
     */
    public synchronized ImapScript once(ImapFault fault, String command) {
        return add(new Rule(fault, command, 0, 1, null, 0));
    }

    /**
     * Now and then, the same for the same seed as long as the client asks the same.
     *
     * @param fault what
     * @param seed of the choice
     * @param percent how often
     * @return this
     */
    public synchronized ImapScript sometimes(ImapFault fault, long seed, int percent) {
        return add(new Rule(fault, "", 0, Integer.MAX_VALUE, new Random(seed), percent));
    }

    private ImapScript add(Rule rule) {
        rules.add(rule);
        return this;
    }

    /** Nothing goes wrong any more. */
    public synchronized void heal() {
        rules.clear();
    }

    /** Whether it happens now. */
    synchronized boolean hit(ImapFault fault, String command) {
        for (Rule rule : rules) {
            boolean meant = rule.fault == fault && rule.times > 0 && command.startsWith(rule.command);
            if (meant && rule.hit()) {
                return true;
            }
        }
        return false;
    }

    /** Only this account may log in. {@return this} */
    public synchronized ImapScript login(String newUser, String newPassword) {
        user = newUser;
        password = newPassword;
        return this;
    }

    /** How it refuses a log-in. {@return this} */
    public synchronized ImapScript refusal(String text) {
        refusal = text;
        return this;
    }

    /** Offers these too. {@return this} */
    public synchronized ImapScript offer(String... more) {
        capabilities.addAll(List.of(more));
        return this;
    }

    /** Offers ACL, and tells these letters of every folder. {@return this} */
    public synchronized ImapScript rights(String letters) {
        rights = letters;
        return offer("ACL");
    }

    synchronized String rights() {
        return rights;
    }

    /** Does not offer these. {@return this} */
    public synchronized ImapScript without(String... less) {
        capabilities.removeAll(List.of(less));
        return this;
    }

    /** It says yes to SCRAM without knowing the password. {@return this} */
    public synchronized ImapScript pretend() {
        falseServer = true;
        return this;
    }

    /** What SCRAM asks for. {@return this} */
    public synchronized ImapScript iterations(int count) {
        iterations = count;
        return this;
    }

    synchronized boolean falseServer() {
        return falseServer;
    }

    synchronized int iterations() {
        return iterations;
    }

    synchronized String user() {
        return user;
    }

    synchronized String password() {
        return password;
    }

    synchronized String refusal() {
        return refusal;
    }

    synchronized List<String> capabilities() {
        List<String> offered = new ArrayList<>(capabilities);
        drop(offered, ImapFault.NO_IDLE, "IDLE");
        drop(offered, ImapFault.NO_UIDPLUS, "UIDPLUS");
        drop(offered, ImapFault.NO_MOVE, "MOVE");
        drop(offered, ImapFault.NO_ESEARCH, "ESEARCH");
        return offered;
    }

    private void drop(List<String> offered, ImapFault fault, String capability) {
        if (hit(fault, "")) {
            offered.remove(capability);
        }
    }

    synchronized void said(String line) {
        lines.add(line);
    }

    /** {@return every command line that came, in order} */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
