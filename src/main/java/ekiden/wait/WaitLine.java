package ekiden.wait;

import ekiden.base.Problem;
import ekiden.json.Json;
import ekiden.mail.mime.ReadMailJson;
import ekiden.model.mail.SavedMail;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The line of a mail: the object of {@code mail read}, where its files are, and which mail it is. A contract. */
final class WaitLine {
    private WaitLine() {}

    static byte[] of(WaitFiles.Order order, Optional<SavedMail> saved, String identity) throws IOException {
        Map<String, @Nullable Object> line = saved.isPresent()
                ? ReadMailJson.saved(order.message(), order.arrival().raw(), saved.get())
                : ReadMailJson.readable(null, order.message(), order.arrival().raw());
        line.put("saved", saved.map(WaitLine::files).orElse(null));
        line.put("identity", identity);
        return Json.writeLine(line);
    }

    private static Map<String, @Nullable Object> files(SavedMail saved) {
        Map<String, @Nullable Object> files = new LinkedHashMap<>();
        files.put("folder", saved.folder());
        files.put("body", saved.body());
        files.put("list", saved.list());
        List<@Nullable String> paths = new ArrayList<>(saved.attachments().size());
        for (SavedMail.SavedFile file : saved.attachments()) {
            paths.add(file.path());
        }
        files.put("attachments", paths);
        return files;
    }

    static byte[] error(Problem problem, String identity) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("error", problem.id());
        line.put("identity", identity);
        return Json.writeLine(line);
    }
}
