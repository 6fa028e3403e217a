package ekiden.store.memory;

import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.Trace;
import ekiden.store.Mails;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The mail catalogue in memory. */
record MemoryMails(MemoryTransaction transaction) implements Mails {
    private Tables tables() {
        return transaction.tables();
    }

    @Override
    public long nextId() {
        return tables().lastMail.incrementAndGet();
    }

    @Override
    public void insert(CatalogueMail mail) {
        if (tables().mails.get(mail.id()) != null) {
            throw transaction.conflict("mail " + mail.id());
        }
        tables().mails.put(mail.id(), mail);
    }

    @Override
    public void update(CatalogueMail mail) {
        if (tables().mails.get(mail.id()) == null) {
            throw new IllegalStateException("no mail " + mail.id());
        }
        tables().mails.put(mail.id(), mail);
    }

    @Override
    public Optional<CatalogueMail> find(long id) {
        return Optional.ofNullable(tables().mails.get(id));
    }

    @Override
    public Optional<CatalogueMail> find(MailIdentity identity) {
        return newestFirst().filter(mail -> mail.identity().equals(identity)).findFirst();
    }

    @Override
    public long newest(String mailbox) {
        return newestFirst()
                .filter(mail -> mail.identity().mailbox().equals(mailbox))
                .findFirst()
                .map(CatalogueMail::id)
                .orElse(0L);
    }

    @Override
    public List<CatalogueMail> untested(String mailbox, long after, long bornAt, int limit) {
        return tables().mails.rows().tailMap(after, false).values().stream()
                .filter(mail -> mail.identity().mailbox().equals(mailbox))
                .filter(mail -> mail.state() == CatalogueMail.State.UNREAD)
                .filter(mail -> mail.id() > bornAt || unclaimed(mail.id()))
                .limit(limit)
                .toList();
    }

    private boolean unclaimed(long mail) {
        return tables().claims.values().stream().noneMatch(claim -> claim.mail() == mail);
    }

    @Override
    public List<CatalogueMail> list(@Nullable String mailbox, CatalogueMail.@Nullable State state, int limit) {
        return newestFirst()
                .filter(mail -> mailbox == null || mail.identity().mailbox().equals(mailbox))
                .filter(mail -> state == null || mail.state() == state)
                .limit(limit)
                .toList();
    }

    @Override
    public List<CatalogueMail> withBytes(long after, int limit) {
        return tables().mails.values().stream()
                .filter(mail -> mail.id() > after && mail.raw() != null && !mail.atServer())
                .limit(limit)
                .toList();
    }

    @Override
    public List<CatalogueMail> withMessageId(String messageId, int limit) {
        return newestFirst()
                .filter(mail -> messageId.equals(mail.summary().messageId()))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<CatalogueMail> like(String mailbox, Trace trace) {
        return tables().mails.values().stream()
                .filter(mail -> mail.identity().mailbox().equals(mailbox) && trace.equals(mail.trace()))
                .findFirst();
    }

    @Override
    public List<CatalogueMail> under(String mailbox, String prefix, String after, int limit) {
        return tables().mails.values().stream()
                .filter(mail -> mail.identity().mailbox().equals(mailbox))
                .filter(mail -> mail.identity().key().startsWith(prefix))
                .filter(mail -> mail.identity().key().compareTo(after) > 0)
                .sorted(Comparator.comparing(
                                (CatalogueMail mail) -> mail.identity().key())
                        .thenComparingLong(CatalogueMail::id))
                .limit(limit)
                .toList();
    }

    @Override
    public List<CatalogueMail> at(String place) {
        return tables().mails.values().stream()
                .filter(mail -> mail.raw() != null && mail.raw().place().equals(place))
                .toList();
    }

    @Override
    public boolean pointsAt(String place) {
        return !at(place).isEmpty();
    }

    @Override
    public void joined(long id, Instant at, @Nullable RawMail again) {
        String place = again == null ? "" : again.place();
        List<Tables.Join> joins = new ArrayList<>(joinsOf(id));
        if (again == null || joins.stream().noneMatch(known -> known.place().equals(place))) {
            joins.add(new Tables.Join(at, place));
            joins.sort(Comparator.comparing(Tables.Join::at));
            tables().joins.put(id, List.copyOf(joins));
        }
    }

    @Override
    public List<Instant> joins(long id) {
        return joinsOf(id).stream().map(Tables.Join::at).toList();
    }

    private List<Tables.Join> joinsOf(long id) {
        List<Tables.Join> joins = tables().joins.get(id);
        return joins == null ? List.of() : joins;
    }

    private Stream<CatalogueMail> newestFirst() {
        return tables().mails.rows().descendingMap().values().stream();
    }
}
