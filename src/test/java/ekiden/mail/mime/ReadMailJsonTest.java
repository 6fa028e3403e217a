package ekiden.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.json.Json;
import org.junit.jupiter.api.Test;

class ReadMailJsonTest {
    @Test
    void lineHasThePropertiesOfTheContract() {
        byte[] mail = Mails.bytes("""
                From: A <a@b.example>
                To: c@d.example
                Subject: s
                Date: Mon, 23 Nov 2026 19:30:05 +0900
                Content-Type: multipart/mixed; boundary=b

                --b

                hi
                --b
                Content-Type: a/b; name="../x"

                abc
                --b--
                """);
        assertThat(Json.write(ReadMailJson.of("m.eml", new BytesSource(mail), Opening.USUAL)))
                .isEqualTo(
                        "{\"file\":\"m.eml\",\"from\":[{\"name\":\"A\",\"address\":\"a@b.example\"}],"
                                + "\"to\":[{\"name\":null,\"address\":\"c@d.example\"}],\"subject\":\"s\",\"date\":\"2026-11-23T10:30:05Z\","
                                + "\"messageId\":null,\"text\":\"hi\",\"attachments\":[{\"name\":\"../x\",\"savedName\":\"x\",\"type\":\"a/b\",\"size\":3,"
                                + "\"sha256\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"}],\"problems\":[]}");
    }

    @Test
    void asSentHasNoTextMadeFromHtml() {
        byte[] mail = Mails.bytes("From: a@b\nContent-Type: text/html\n\n<p>x");
        assertThat(ReadMailJson.of("m", new BytesSource(mail), Opening.AS_SENT)).containsEntry("text", "");
        assertThat(ReadMailJson.of("m", new BytesSource(mail), Opening.USUAL)).containsEntry("text", "x");
    }

    @Test
    void unreadableMailHasItsError() {
        byte[] mail = Mails.bytes("X: y\n".repeat(1001) + "\n");
        assertThat(Json.write(ReadMailJson.of("m", new BytesSource(mail), Opening.USUAL)))
                .startsWith("{\"file\":\"m\",\"error\":\"EKDM0204-E");
    }
}
