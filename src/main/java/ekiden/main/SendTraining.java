package ekiden.main;

import ekiden.base.ExitCode;
import ekiden.cli.Terminal;
import ekiden.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the launcher runs once after a build to record which classes and methods {@code ekiden mail send} needs: the real command, with a batch, into a
 * server of its own. Prints nothing that matters, and leaves nothing outside the folder it is given.
 */
public final class SendTraining {
    private static final int MAILS = 2_000;

    private SendTraining() {}

    /**
     * @param args a folder for the batch and its results, which is there and empty
     */
    public static void main(String[] args) {
        ExitCode code = run(Path.of(args[0]), Terminal.system(), MAILS);
        Runtime.getRuntime().exit(code.code());
    }

    /** Sends so many mails to a server that is there only for this. */
    static ExitCode run(Path folder, Terminal system, int mails) {
        Path batch = folder.resolve("training.jsonl");
        try (TrainingSink sink = new TrainingSink()) {
            Files.writeString(batch, lines(mails), StandardCharsets.UTF_8);
            List<String> call = List.of(
                    "mail",
                    "send",
                    "--url",
                    "smtp://127.0.0.1:" + sink.port(),
                    "--from",
                    "training@example.jp",
                    "--batch",
                    batch.toString());
            return Training.run(system, system.environment(), folder, call);
        } catch (IOException failed) {
            return ExitCode.SETTINGS;
        }
    }

    private static String lines(int mails) {
        StringBuilder lines = new StringBuilder();
        String text = "0123456789 ended normally, and so on until the end of the line\n".repeat(60);
        for (int i = 0; i < mails; i++) {
            String japanese = i % 8 == 0 ? " 正常終了" : "";
            lines.append(Json.write(Map.of(
                            "id",
                            i,
                            "to",
                            List.of("operator@example.jp"),
                            "subject",
                            "training " + i + japanese,
                            "text",
                            text + japanese)))
                    .append('\n');
        }
        return lines.toString();
    }
}
