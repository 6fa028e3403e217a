package ekiden.testing.corpus;

import ekiden.json.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes mails into a folder, one file each, and what they say into {@code truth.jsonl} beside it. */
public final class CorpusMain {
    private CorpusMain() {}

    /** @param args folder, number of mails, seed */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        int count = Integer.parseInt(args[1]);
        long seed = Long.parseLong(args[2]);
        Path mails = Files.createDirectories(folder.resolve("mails"));
        try (BufferedWriter truth = Files.newBufferedWriter(folder.resolve("truth.jsonl"), StandardCharsets.UTF_8)) {
            for (int n = 0; n < count; n++) {
                CorpusMail mail = Corpus.mail(seed, n);
                Path file = mails.resolve("%06d.eml".formatted(n));
                Files.write(file, mail.raw());
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("file", file.getFileName().toString());
                line.put("kind", mail.kind());
                line.put("japanese", mail.japanese());
                line.put("from", mail.from());
                line.put("address", mail.address());
                line.put("subject", mail.subject());
                line.put("text", mail.text());
                line.put("attachments", mail.attachments());
                truth.write(Json.write(line));
                truth.newLine();
            }
        }
    }
}
