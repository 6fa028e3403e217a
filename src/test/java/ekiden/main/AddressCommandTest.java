package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.ExitCode;
import ekiden.base.Problem;
import ekiden.cli.AddressRequest;
import ekiden.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressCommandTest {
    @TempDir
    private Path home = Path.of("");

    private Call call = new Call(Path.of("/"));

    @BeforeEach
    void begin() throws IOException {
        call = new Call(home);
        Files.writeString(home.resolve("ekiden.yaml"), """
                version: 1
                mail:
                  address-map: addresses.map
                  address-books:
                    - {name: own, vcard: contacts}
                    - {name: all, csv: all.csv}
                """);
        Files.writeString(home.resolve("addresses.map"), "鈴木 = suzuki.h@example.jp\n営業部 = 山田 太郎, boss@example.jp\n");
        Files.createDirectory(home.resolve("contacts"));
        Files.writeString(
                home.resolve("contacts/taro.vcf"),
                "BEGIN:VCARD\nVERSION:4.0\nFN:山田 太郎\nEMAIL:taro@example.jp\nEND:VCARD\n");
        Files.writeString(
                home.resolve("all.csv"),
                "氏名,部署,メール\n鈴木,経理部,s1@example.jp\n鈴木,営業部,s2@example.jp\n佐藤,経理部,sato1@example.jp\n佐藤,営業部,sato2@example.jp\n");
    }

    private ExitCode run(List<String> names, @Nullable String book, int limit, boolean json) {
        AddressRequest request = new AddressRequest(home, names, book, limit, json, Locale.ENGLISH);
        return new AddressCommand().run(request, call.terminal());
    }

    private ExitCode resolve(String... names) {
        return run(List.of(names), null, 10, false);
    }

    @Test
    void unknownAndAmbiguousNamesAreToldAndTheOthersFound() {
        assertThat(resolve("佐藤", "山田太郎", "誰か")).isEqualTo(ExitCode.USAGE);
        assertThat(call.out()).containsExactly("山田太郎 = 山田 太郎 <taro@example.jp>  [own]");
        assertThat(call.err())
                .contains("EKDM0352-E", "佐藤 <sato1@example.jp> (経理部); 佐藤 <sato2@example.jp> (営業部)")
                .contains("EKDM0350-E", "誰か", "address-map, own, all");
    }

    private Map<String, Problem> doubts(String... names) {
        return new AddressCommand().doubts(home, List.of(names), call.terminal());
    }

    @Test
    void namesAreDoubtedUnlessADirectoryMayKnowThem() throws IOException {
        assertThat(doubts("山田太郎", "鈴木", "佐藤", "誰か"))
                .containsOnlyKeys("佐藤", "誰か")
                .hasEntrySatisfying("佐藤", why -> assertThat(why.id()).isEqualTo("EKDM0352-E"))
                .hasEntrySatisfying("誰か", why -> assertThat(why.id()).isEqualTo("EKDM0350-E"));

        Path settings = home.resolve("ekiden.yaml");
        String own = "    - {name: own, vcard: contacts}\n";
        String ldap = "    - {name: gal, ldap: {host: 127.0.0.1, base: 'dc=x'}}\n";
        String before = Files.readString(settings);
        Files.writeString(settings, before + ldap);
        assertThat(doubts("山田太郎", "佐藤", "誰か")).containsOnlyKeys("佐藤");
        Files.writeString(settings, before.replace(own, ldap + own));
        assertThat(doubts("山田太郎", "鈴木", "佐藤", "誰か")).isEmpty();
    }

    @Test
    void candidatesAsJson() {
        assertThat(run(List.of("佐藤"), null, 10, true)).isEqualTo(ExitCode.USAGE);
        Map<String, Object> line = Json.readMap(call.out().getFirst());
        assertThat(line).containsEntry("name", "佐藤").containsKey("error");
        assertThat((List<?>) line.get("candidates")).hasSize(2);
    }

    @Test
    void mapSettlesAnAmbiguousName() {
        assertThat(resolve("鈴木")).isEqualTo(ExitCode.DONE);
        assertThat(call.out()).containsExactly("鈴木 = 鈴木 <suzuki.h@example.jp>  [address-map]");
    }

    @Test
    void listBecomesALineForEachAddress() {
        assertThat(resolve("営業部")).isEqualTo(ExitCode.DONE);
        assertThat(call.out())
                .containsExactly(
                        "営業部 = 山田 太郎 <taro@example.jp>  [address-map]", "営業部 = boss@example.jp  [address-map]");
    }

    @Test
    void addressStaysAsItIs() {
        assertThat(run(List.of("a@example.jp"), null, 10, true)).isEqualTo(ExitCode.DONE);
        assertThat(Json.readMap(call.out().getFirst()))
                .containsEntry("book", null)
                .containsEntry("addresses", List.of(Json.readMap("{\"name\":null,\"address\":\"a@example.jp\"}")));
    }

    @Test
    void bookThatCannotBeRead() throws IOException {
        Files.delete(home.resolve("all.csv"));
        assertThat(resolve("佐藤")).isEqualTo(ExitCode.SETTINGS);
        assertThat(call.err()).contains("EKDM0362-E", "No such file or directory");
    }

    @Test
    void settingsThatAreWrong() throws IOException {
        Files.writeString(home.resolve("ekiden.yaml"), "version: 1\nmail: {address-books: [{name: own}]}\n");
        assertThat(resolve("佐藤")).isEqualTo(ExitCode.SETTINGS);
        assertThat(call.err()).contains("EKDB0010-E");
    }

    @Test
    void booksAreListed() {
        assertThat(run(List.of(), null, 2, false)).isEqualTo(ExitCode.DONE);
        assertThat(call.out())
                .containsExactly(
                        "[address-map] 鈴木 <suzuki.h@example.jp>",
                        "[address-map] 営業部: 2",
                        "[own] 山田 太郎 <taro@example.jp>",
                        "[all] 鈴木 <s1@example.jp> (経理部)",
                        "[all] 鈴木 <s2@example.jp> (営業部)");
        assertThat(call.err()).contains("[all] --limit 2");
    }

    @Test
    void bookThatIsNotThereIsNotListed() {
        assertThat(run(List.of(), "none", 2, false)).isEqualTo(ExitCode.USAGE);
        assertThat(call.err()).contains("EKDM0367-E", "address-map, own, all");
    }
}
