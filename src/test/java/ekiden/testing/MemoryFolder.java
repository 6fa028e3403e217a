package ekiden.testing;

import ekiden.model.mail.UidSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A folder of a mail server in memory, as the server sees it: no client, no thread, no clock. Safe from any thread, so that tests with real
 * connections can use it too.
 */
public final class MemoryFolder {
    private final TreeMap<Long, Stored> mails = new TreeMap<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private long uidValidity;
    private long uidNext = 1;
    private long arrivals;
    private boolean readOnly;
    private boolean keywords = true;

    /** A mail at the server. */
    public static final class Stored {
        private final byte[] bytes;
        private final Instant received;
        private final Set<String> flags = new LinkedHashSet<>();
        private boolean readable = true;
        private long announcedSize;

        private Stored(byte[] bytes, Instant received) {
            this.bytes = bytes.clone();
            this.received = received;
            this.announcedSize = bytes.length;
        }

        /** {@return its bytes} */
        public byte[] bytes() {
            return bytes.clone();
        }

        /** {@return when the server had it} */
        public Instant received() {
            return received;
        }

        /** {@return what the server says its size is} */
        public long announcedSize() {
            return announcedSize;
        }

        /** {@return whether it can be fetched and not only found} */
        public boolean readable() {
            return readable;
        }
    }

    /**
     * @param uidValidity what its UIDs hold under; 0 for a server without
     */
    public MemoryFolder(long uidValidity) {
        this.uidValidity = uidValidity;
    }

    /**
     * A mail arrives.
     *
     * @return its UID
     */
    public long deliver(byte[] bytes, Instant received) {
        return add(new Stored(bytes, received));
    }

    /** A mail is announced: a search finds it, and nothing more until {@link #readable}. {@return its UID} */
    public long announce(byte[] bytes, Instant received) {
        Stored mail = new Stored(bytes, received);
        mail.readable = false;
        return add(mail);
    }

    /** The server tells of a mail under a number that it never gives; a search finds it, and nothing more. */
    public synchronized void pretend(long uid, byte[] bytes, Instant received) {
        Stored none = new Stored(bytes, received);
        none.readable = false;
        mails.put(uid, none);
    }

    /** Many mails of one text are there; nobody is told. */
    public synchronized void fill(UidSet uids, byte[] bytes, Instant received) {
        uids.forEach(uid -> mails.put(uid, new Stored(bytes, received)));
        uidNext = Math.max(uidNext, uids.max() + 1);
    }

    private long add(Stored mail) {
        long uid;
        synchronized (this) {
            uid = uidNext++;
            mails.put(uid, mail);
            arrivals++;
        }
        told();
        return uid;
    }

    private void told() {
        List<Runnable> now;
        synchronized (this) {
            now = List.copyOf(listeners);
        }
        now.forEach(Runnable::run);
    }

    /** Runs that whenever something arrivals, on the thread that arrivals it. */
    public synchronized void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Does not run that any more. */
    public synchronized void forget(Runnable listener) {
        listeners.remove(listener);
    }

    /** An announced mail can be read from now on. */
    public synchronized void readable(long uid) {
        mail(uid).ifPresent(mail -> mail.readable = true);
    }

    /** A search finds a mail still, and nothing more until {@link #readable}. */
    public synchronized void withhold(long uid) {
        mail(uid).ifPresent(mail -> mail.readable = false);
    }

    /** The server says this size from now on, whatever is true. */
    public synchronized void lieAboutSize(long uid, long size) {
        mail(uid).ifPresent(mail -> mail.announcedSize = size);
    }

    /** Another client, or the mailbox's owner, removes these. */
    public void expunge(UidSet uids) {
        synchronized (this) {
            mails.keySet().removeIf(uids::contains);
        }
        told();
    }

    /** Sets flags. */
    public synchronized void addFlags(UidSet uids, Set<String> flags) {
        mails.forEach((uid, mail) -> {
            if (uids.contains(uid)) {
                mail.flags.addAll(flags);
            }
        });
    }

    /** Takes flags away, as a person does who marks a mail unread. */
    public synchronized void removeFlags(UidSet uids, Set<String> flags) {
        mails.forEach((uid, mail) -> {
            if (uids.contains(uid)) {
                mail.flags.removeAll(flags);
            }
        });
    }

    /** The server lost its index: the same mails under other UIDs and another UIDVALIDITY. */
    public void renumber(long newValidity, long firstUid) {
        synchronized (this) {
            List<Stored> same = new ArrayList<>(mails.values());
            mails.clear();
            uidNext = firstUid;
            same.forEach(mail -> mails.put(uidNext++, mail));
            uidValidity = newValidity;
        }
        told();
    }

    /** The server breaks its word: another mail under a UID that was used. */
    public synchronized void reuse(long uid, byte[] bytes, Instant received) {
        mails.put(uid, new Stored(bytes, received));
    }

    /** From now on nothing can be changed in it. */
    public synchronized void readOnly(boolean now) {
        readOnly = now;
    }

    /** Whether it keeps keywords. */
    public synchronized void keywords(boolean now) {
        keywords = now;
    }

    /** {@return whether nothing can be changed in it} */
    public synchronized boolean readOnly() {
        return readOnly;
    }

    /** {@return whether it keeps keywords} */
    public synchronized boolean keywords() {
        return keywords;
    }

    /** {@return its UIDVALIDITY} */
    public synchronized long uidValidity() {
        return uidValidity;
    }

    /** {@return the next UID} */
    public synchronized long uidNext() {
        return uidNext;
    }

    /** {@return how many mails have arrived so far} */
    public synchronized long arrivals() {
        return arrivals;
    }

    /** {@return the UIDs in it, ascending} */
    public synchronized List<Long> uids() {
        return new ArrayList<>(mails.keySet());
    }

    /** {@return a mail, if it is there} */
    public synchronized Optional<Stored> mail(long uid) {
        return Optional.ofNullable(mails.get(uid));
    }

    /** {@return a mail's flags; none where it is not there} */
    public synchronized Set<String> flags(long uid) {
        return mail(uid).map(mail -> Set.copyOf(mail.flags)).orElse(Set.of());
    }
}
