package ekiden.mail.receive.imap;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** ID (RFC 2971): who we are and who the server is. Some servers let nobody in without it, others end the session over it, so only where offered. */
final class Id {
    private Id() {}

    /** {@return what the server calls itself, or null} */
    static @Nullable String run(ImapConnection connection) throws ImapStop {
        if (!connection.has("ID")) {
            return null;
        }
        Name name = new Name();
        // A refusal matters to nobody.
        connection.end(connection.send(new ImapCommand("ID (\"name\" \"Ekiden\")")), Takers.NONE, name::take);
        return name.text;
    }

    private static final class Name {
        @Nullable
        String text;

        void take(Response response) {
            if (response instanceof Response.Identified(Map<String, String> fields)) {
                String words = (fields.getOrDefault("name", "") + " " + fields.getOrDefault("version", "")).strip();
                text = words.isEmpty() ? null : words;
            }
        }
    }
}
