package ekiden.store.memory;

import ekiden.model.mail.Returned;
import ekiden.store.SentMails;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Mails that jobs sent, and what came back. */
record MemorySentMails(MemoryTransaction transaction) implements SentMails {
    private Tables tables() {
        return transaction.tables();
    }

    private static String key(String messageId, Returned returned) {
        return messageId
                + '\n'
                + returned.recipient().address()
                + '\n'
                + returned.recipient().action()
                + '\n'
                + returned.recipient().status();
    }

    @Override
    public void note(String messageId, Sender sender) {
        if (tables().sentMails.get(messageId) == null) {
            tables().sentMails.put(messageId, sender);
        }
    }

    @Override
    public Optional<Sender> find(String messageId) {
        return Optional.ofNullable(tables().sentMails.get(messageId));
    }

    @Override
    public boolean returned(String messageId, Returned returned) {
        String key = key(messageId, returned);
        boolean fresh = tables().returned.get(key) == null;
        if (fresh) {
            tables().returned.put(key, returned);
        }
        return fresh;
    }

    @Override
    public int count(String messageId) {
        return (int) tables().returned.rows().keySet().stream()
                .filter(key -> key.startsWith(messageId + '\n'))
                .count();
    }

    @Override
    public List<Returned> about(String messageId) {
        return tables().returned.rows().entrySet().stream()
                .filter(row -> row.getKey().startsWith(messageId + '\n'))
                .map(row -> row.getValue())
                .sorted(Comparator.comparing(Returned::at))
                .toList();
    }

    @Override
    public List<Returned> of(UUID run) {
        return keys(run).stream()
                .flatMap(id -> tables().returned.rows().entrySet().stream()
                        .filter(row -> row.getKey().startsWith(id + '\n')))
                .map(row -> row.getValue())
                .sorted(Comparator.comparing(Returned::at))
                .toList();
    }

    private List<String> keys(UUID run) {
        return new ArrayList<>(tables().sentMails.rows().entrySet().stream()
                .filter(row -> row.getValue().run().equals(run))
                .map(row -> row.getKey())
                .toList());
    }

    @Override
    public void forget(UUID run) {
        for (String id : keys(run)) {
            List<String> gone = tables().returned.rows().keySet().stream()
                    .filter(key -> key.startsWith(id + '\n'))
                    .toList();
            gone.forEach(tables().returned::remove);
            tables().sentMails.remove(id);
        }
    }
}
