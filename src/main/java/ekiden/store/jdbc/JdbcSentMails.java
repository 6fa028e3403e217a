package ekiden.store.jdbc;

import ekiden.model.mail.Returned;
import ekiden.store.SentMails;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Mails that jobs sent in table {@code sent_mail}, and what came back in table {@code returned}. */
record JdbcSentMails(Sql sql) implements SentMails {
    private static final Sql.Row<Returned> ROW = JdbcTransaction.body(Returned.class);

    @Override
    public void note(String messageId, Sender sender) {
        sql.update(
                "INSERT INTO sent_mail (message_id, run, body) VALUES (?, ?, ?) ON CONFLICT (message_id) DO NOTHING",
                messageId,
                sender.run(),
                JdbcTransaction.body(sender));
    }

    @Override
    public Optional<Sender> find(String messageId) {
        return sql.one(
                "SELECT body FROM sent_mail WHERE message_id = ?", JdbcTransaction.body(Sender.class), messageId);
    }

    @Override
    public boolean returned(String messageId, Returned returned) {
        return sql.update(
                        "INSERT INTO returned (message_id, recipient, action, status, at, body) VALUES (?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT (message_id, recipient, action, status) DO NOTHING",
                        messageId,
                        returned.recipient().address(),
                        returned.recipient().action().name(),
                        returned.recipient().status(),
                        returned.at(),
                        JdbcTransaction.body(returned))
                == 1;
    }

    @Override
    public int count(String messageId) {
        return sql.one(
                        "SELECT COUNT(*) FROM returned WHERE message_id = ?",
                        result -> Math.toIntExact(result.getLong(1)),
                        messageId)
                .orElse(0);
    }

    @Override
    public List<Returned> about(String messageId) {
        return sql.list(
                "SELECT body FROM returned WHERE message_id = ? ORDER BY at, recipient, action, status",
                ROW,
                messageId);
    }

    @Override
    public List<Returned> of(UUID run) {
        return sql.list(
                "SELECT r.body FROM returned r JOIN sent_mail s ON s.message_id = r.message_id WHERE s.run = ?"
                        + " ORDER BY r.at, r.message_id, r.recipient, r.action, r.status",
                ROW,
                run);
    }

    @Override
    public void forget(UUID run) {
        sql.update("DELETE FROM returned WHERE message_id IN (SELECT message_id FROM sent_mail WHERE run = ?)", run);
        sql.update("DELETE FROM sent_mail WHERE run = ?", run);
    }
}
