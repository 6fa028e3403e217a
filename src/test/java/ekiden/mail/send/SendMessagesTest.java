package ekiden.mail.send;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.MessageId;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendMessagesTest {
    private static final Pattern HOLE = Pattern.compile("\\{[a-zA-Z]+}");

    private static Properties texts(String file) throws IOException {
        Properties texts = new Properties();
        try (InputStream in = SendMessagesTest.class.getResourceAsStream("/ekiden/message/" + file + ".properties")) {
            texts.load(new InputStreamReader(Objects.requireNonNull(in, file), StandardCharsets.UTF_8));
        }
        return texts;
    }

    private static Set<String> holes(String text) {
        return HOLE.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"send", "compose"})
    void eachMessageHasItsTextsInBothLanguagesWithTheSameHoles(String area) throws IOException {
        MessageId[] ids = area.equals("send") ? SendMessage.values() : ComposeMessage.values();
        Properties en = texts(area + "_en");
        Properties ja = texts(area + "_ja");
        for (MessageId id : ids) {
            for (String part : new String[] {".text", ".cause", ".next"}) {
                String key = id.id() + part;
                assertThat(en.getProperty(key)).as(key).isNotBlank();
                assertThat(ja.getProperty(key)).as(key).isNotBlank().matches("(?s).*[ぁ-ん].*");
                assertThat(holes(ja.getProperty(key))).as(key).isEqualTo(holes(en.getProperty(key)));
            }
        }
        assertThat(en).hasSize(ids.length * 3);
        assertThat(ja).hasSize(ids.length * 3);
    }
}
