package ekiden.agent;

import ekiden.mail.mime.BytesSource;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.MessageReader;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.Reading;
import ekiden.mail.receive.Glimpse;
import java.util.Optional;

/** What a mail is called that was only looked at. */
final class MessageIds {
    private MessageIds() {}

    /** {@return the Message-ID in its header; empty where it has none or cannot be read} */
    static Optional<String> of(Glimpse glimpse) {
        return switch (MessageReader.read(new BytesSource(glimpse.header()), MimeLimits.DEFAULT)) {
            case Reading.Readable(Message message) ->
                Optional.ofNullable(message.summary().messageId());
            case Reading.Unreadable bad -> Optional.empty();
        };
    }
}
