package ekiden.store;

import static ekiden.store.StoreSamples.PROBLEM;
import static ekiden.store.StoreSamples.T0;
import static ekiden.store.StoreSamples.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.json.Json;
import ekiden.model.run.BounceCause;
import ekiden.model.run.JobStatus;
import ekiden.model.run.RecordedEvent;
import ekiden.model.run.RunEvent;
import ekiden.model.run.RunStatus;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventJsonTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/events/v1");

    /** One of each type with everything filled, and one without what may be absent. */
    private static final Map<String, RunEvent> SAMPLES = samples();

    private static Map<String, RunEvent> samples() {
        Map<String, RunEvent> all = new LinkedHashMap<>();
        all.put(
                "RunCreated",
                new RunEvent.RunCreated("/営業/注文", 7, id(1), List.of("load", "承認"), "12@start/" + id(1), null));
        all.put("RunCreated-bare", new RunEvent.RunCreated("/a", 1, id(1), List.of("load"), null, null));
        all.put(
                "RunCreated-bounce",
                new RunEvent.RunCreated(
                        "/a",
                        1,
                        id(1),
                        List.of("load"),
                        null,
                        new BounceCause("<m@example.jp>", "/営業/注文#7", "send", 12)));
        all.put("RunQueued", new RunEvent.RunQueued());
        all.put("RunStarted", new RunEvent.RunStarted());
        all.put("RunKillRequested", new RunEvent.RunKillRequested("person"));
        all.put("RunEnded", new RunEvent.RunEnded(RunStatus.ENDED_ABNORMALLY, PROBLEM));
        all.put("RunEnded-bare", new RunEvent.RunEnded(RunStatus.ENDED_NORMALLY, null));
        all.put("JobAssigned", new RunEvent.JobAssigned("load", 2));
        all.put("JobWatching", new RunEvent.JobWatching("承認", 1));
        all.put("JobStarted", new RunEvent.JobStarted("load", 2));
        all.put("JobFilesChanged", new RunEvent.JobFilesChanged("load", 1, PROBLEM));
        all.put("JobPutOff", new RunEvent.JobPutOff("承認", 1, PROBLEM, Instant.parse("2026-11-23T10:05:00Z")));
        all.put("JobTookMail", new RunEvent.JobTookMail("承認", "12@job/x/承認/1"));
        all.put("JobKillRequested", new RunEvent.JobKillRequested("load", "timeout"));
        all.put("JobEnded", new RunEvent.JobEnded("load", 2, JobStatus.ENDED_ABNORMALLY, 5, PROBLEM));
        all.put("RunReopened", new RunEvent.RunReopened("person"));
        all.put("JobRerun", new RunEvent.JobRerun("load", "person"));
        all.put("JobAssumedSent", new RunEvent.JobAssumedSent("承認", "person", PROBLEM));
        all.put("JobEnded-bare", new RunEvent.JobEnded("load", 0, JobStatus.NOT_EXECUTED, null, null));
        return all;
    }

    private static RecordedEvent recorded(RunEvent event) {
        return new RecordedEvent(id(99), id(1), 3, T0, event);
    }

    @Test
    void everyTypeOfEventHasAGoldenFile() {
        Set<String> types = new TreeSet<>();
        Stream.of(RunEvent.class.getPermittedSubclasses()).forEach(type -> types.add(type.getSimpleName()));
        assertThat(SAMPLES.keySet()).containsAll(types);
    }

    @Test
    void eventsAreWrittenAsTheGoldenFilesSay() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, RunEvent> sample : SAMPLES.entrySet()) {
            Path file = GOLDEN.resolve(sample.getKey() + ".json");
            String json = EventJson.CURRENT.write(recorded(sample.getValue()));
            boolean same = Files.exists(file)
                    && Files.readString(file, StandardCharsets.UTF_8).strip().equals(json);
            if (!same) {
                Path written = GOLDEN.resolve(sample.getKey() + ".json.new");
                Files.writeString(written, json + "\n", StandardCharsets.UTF_8);
                wrong.add(written + ": a changed form of durable data; see what differs before it takes the place");
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void goldenFilesAreReadAsTheEventsTheyWere() throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(GOLDEN)) {
            files = listed.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(SAMPLES.size());
        for (Path file : files) {
            String name = file.getFileName().toString().replace(".json", "");
            RunEvent sample = Objects.requireNonNull(SAMPLES.get(name), name);
            assertThat(EventJson.CURRENT.read(Files.readString(file, StandardCharsets.UTF_8)))
                    .isEqualTo(recorded(sample));
        }
    }

    @Test
    void noEventHasAComponentWithANameThatAllHave() {
        Set<String> taken = Set.of("type", "v", "id", "run", "sequence", "at");
        for (Class<?> type : RunEvent.class.getPermittedSubclasses()) {
            for (RecordComponent component : type.getRecordComponents()) {
                assertThat(taken).as("%s", type).doesNotContain(component.getName());
            }
        }
    }

    @Test
    void anOlderFormIsBroughtUpStepByStepWhenItIsRead() {
        EventJson upcasting = new EventJson(List.of(
                new EventJson.Upcaster("JobBegan", -1, old -> renamed(old, "task", "job")),
                new EventJson.Upcaster("JobBegan", 0, old -> {
                    Map<String, Object> now = new LinkedHashMap<>(old);
                    now.put("type", "JobStarted");
                    now.put("attempt", 1);
                    return now;
                })));
        String head = "\"id\":\"%s\",\"run\":\"%s\",\"sequence\":3,\"at\":\"%s\"".formatted(id(99), id(1), T0);
        RecordedEvent started = recorded(new RunEvent.JobStarted("load", 1));
        assertThat(upcasting.read("{\"type\":\"JobBegan\",\"v\":-1," + head + ",\"task\":\"load\"}"))
                .isEqualTo(started);
        assertThat(upcasting.read("{\"type\":\"JobBegan\",\"v\":0," + head + ",\"job\":\"load\"}"))
                .isEqualTo(started);
        assertThat(upcasting.read(EventJson.CURRENT.write(started))).isEqualTo(started);
    }

    private static Map<String, Object> renamed(Map<String, Object> old, String from, String to) {
        Map<String, Object> now = new LinkedHashMap<>(old);
        now.put(to, old.get(from));
        now.remove(from);
        return now;
    }

    @Test
    void whatANewerReleaseAddedIsIgnored() {
        RecordedEvent event = recorded(new RunEvent.JobStarted("load", 1));
        String newer = EventJson.CURRENT.write(event).replace("\"v\":1", "\"v\":2,\"added\":{\"x\":[1]}");
        assertThat(EventJson.CURRENT.read(newer)).isEqualTo(event);
    }

    @Test
    void whatIsNoEventIsToldAsThat() {
        assertThatThrownBy(() -> EventJson.CURRENT.read("not json")).isInstanceOf(Json.Unreadable.class);
        String unknown =
                EventJson.CURRENT.write(recorded(new RunEvent.RunQueued())).replace("RunQueued", "Nonsense");
        assertThatThrownBy(() -> EventJson.CURRENT.read(unknown)).isInstanceOf(Json.Unreadable.class);
    }
}
