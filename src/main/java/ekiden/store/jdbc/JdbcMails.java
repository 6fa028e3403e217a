package ekiden.store.jdbc;

import static ekiden.store.jdbc.JdbcTransaction.body;

import ekiden.json.Json;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.CatalogueMail.State;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.Trace;
import ekiden.store.Mails;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The mail catalogue in tables {@code mail}, {@code mail_join} and {@code counter}. */
record JdbcMails(Sql sql) implements Mails {
    private static final Sql.Row<CatalogueMail> ROW = body(CatalogueMail.class);

    @Override
    public long nextId() {
        sql.update("UPDATE counter SET value = value + 1 WHERE name = 'mail'");
        return sql.number("SELECT value FROM counter WHERE name = 'mail'");
    }

    @Override
    public void insert(CatalogueMail mail) {
        sql.update(
                "INSERT INTO mail (id, mailbox, identity, state, place, trace, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
                mail.id(),
                mail.identity().mailbox(),
                mail.identity().key(),
                mail.state().name(),
                place(mail),
                trace(mail),
                body(mail));
    }

    @Override
    public void update(CatalogueMail mail) {
        int changed = sql.update(
                "UPDATE mail SET mailbox = ?, identity = ?, state = ?, place = ?, body = ? WHERE id = ?",
                mail.identity().mailbox(),
                mail.identity().key(),
                mail.state().name(),
                place(mail),
                body(mail),
                mail.id());
        if (changed != 1) {
            throw new IllegalStateException("no mail " + mail.id());
        }
    }

    private static @Nullable String trace(CatalogueMail mail) {
        Trace trace = mail.trace();
        return trace == null ? null : trace.toString();
    }

    private static @Nullable String place(CatalogueMail mail) {
        RawMail raw = mail.raw();
        return raw == null ? null : raw.place();
    }

    @Override
    public Optional<CatalogueMail> find(long id) {
        return sql.one("SELECT body FROM mail WHERE id = ?", ROW, id);
    }

    @Override
    public Optional<CatalogueMail> find(MailIdentity identity) {
        return sql.one(
                "SELECT body FROM mail WHERE identity = ? AND mailbox = ? ORDER BY id DESC LIMIT 1",
                ROW,
                identity.key(),
                identity.mailbox());
    }

    @Override
    public long newest(String mailbox) {
        return sql.number("SELECT max(id) FROM mail WHERE mailbox = ?", mailbox);
    }

    @Override
    public List<CatalogueMail> untested(String mailbox, long after, long bornAt, int limit) {
        return sql.list(
                "SELECT m.body FROM mail m WHERE m.mailbox = ? AND m.state = 'UNREAD' AND m.id > ?"
                        + " AND (m.id > ? OR NOT EXISTS (SELECT 1 FROM claim c WHERE c.mail = m.id))"
                        + " ORDER BY m.id LIMIT ?",
                ROW,
                mailbox,
                after,
                bornAt,
                limit);
    }

    /** The state is written into the text, so that the indexes on the few mails in one state are used. */
    @Override
    public List<CatalogueMail> list(@Nullable String mailbox, @Nullable State state, int limit) {
        String in = state == null ? "" : " AND state = '" + state.name() + "'";
        String from = "SELECT body FROM mail WHERE ";
        String last = in + " ORDER BY id DESC LIMIT ?";
        return mailbox == null
                ? sql.list(from + "id > 0" + last, ROW, limit)
                : sql.list(from + "mailbox = ?" + last, ROW, mailbox, limit);
    }

    /** The text of the row is searched, and what it says decides: the pattern does not tell capitals from small letters everywhere. */
    @Override
    public List<CatalogueMail> withMessageId(String messageId, int limit) {
        String property = "\"messageId\":" + Json.write(messageId);
        String pattern = property.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        return sql
                .list(
                        "SELECT body FROM mail WHERE body LIKE ? ESCAPE '\\' ORDER BY id DESC LIMIT ?",
                        ROW,
                        "%" + pattern + "%",
                        limit)
                .stream()
                .filter(mail -> messageId.equals(mail.summary().messageId()))
                .toList();
    }

    @Override
    public List<CatalogueMail> withBytes(long after, int limit) {
        return sql.list(
                "SELECT body FROM mail WHERE id > ? AND place IS NOT NULL AND trace IS NULL ORDER BY id LIMIT ?",
                ROW,
                after,
                limit);
    }

    @Override
    public Optional<CatalogueMail> like(String mailbox, Trace trace) {
        return sql.one(
                "SELECT body FROM mail WHERE trace = ? AND mailbox = ? ORDER BY id LIMIT 1",
                ROW,
                trace.toString(),
                mailbox);
    }

    /** Keys are compared byte by byte in both databases; the character behind the slash ends the range. */
    @Override
    public List<CatalogueMail> under(String mailbox, String prefix, String after, int limit) {
        String end = prefix.substring(0, prefix.length() - 1) + '0';
        return sql.list(
                "SELECT body FROM mail WHERE mailbox = ? AND identity >= ? AND identity < ? AND identity > ?"
                        + " ORDER BY identity, id LIMIT ?",
                ROW,
                mailbox,
                prefix,
                end,
                after,
                limit);
    }

    @Override
    public List<CatalogueMail> at(String place) {
        return sql.list("SELECT body FROM mail WHERE place = ? ORDER BY id", ROW, place);
    }

    @Override
    public boolean pointsAt(String place) {
        return sql.number("SELECT count(*) FROM mail WHERE place = ?", place) > 0;
    }

    @Override
    public void joined(long id, Instant at, @Nullable RawMail again) {
        Sql.Body what = body(again == null ? Map.of() : again);
        long noted =
                again == null ? 0 : sql.number("SELECT count(*) FROM mail_join WHERE mail = ? AND body = ?", id, what);
        if (noted == 0) {
            sql.update("INSERT INTO mail_join (mail, at, body) VALUES (?, ?, ?)", id, at, what);
        }
    }

    @Override
    public List<Instant> joins(long id) {
        return sql.list("SELECT at FROM mail_join WHERE mail = ? ORDER BY at, id", row -> Sql.time(row.getLong(1)), id);
    }
}
