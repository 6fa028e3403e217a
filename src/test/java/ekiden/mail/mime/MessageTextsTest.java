package ekiden.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.MessageId;
import ekiden.mail.save.SaveMessage;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTextsTest {
    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void everyMessageHasTextCauseAndNextStep(String language) throws IOException {
        check("mime_" + language, MimeMessage.values());
        check("save_" + language, SaveMessage.values());
    }

    private static void check(String file, MessageId[] messages) throws IOException {
        Properties texts = new Properties();
        try (Reader in = new InputStreamReader(
                Objects.requireNonNull(MessageId.class.getResourceAsStream("/ekiden/message/" + file + ".properties")),
                StandardCharsets.UTF_8)) {
            texts.load(in);
        }
        for (MessageId message : messages) {
            for (String key : new String[] {".text", ".cause", ".next"}) {
                assertThat(texts.getProperty(message.id() + key))
                        .as(file + " " + message.id() + key)
                        .isNotBlank();
            }
        }
        assertThat(texts).hasSize(messages.length * 3);
    }
}
