package ekiden.main;

import ekiden.base.ExitCode;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.cli.AddressRequest;
import ekiden.cli.CommandSet;
import ekiden.cli.Terminal;
import ekiden.config.HomePaths;
import ekiden.json.Json;
import ekiden.mail.address.AddressBook;
import ekiden.mail.address.AddressLimits;
import ekiden.mail.address.AddressMessage;
import ekiden.mail.address.Addressed;
import ekiden.mail.address.Entry;
import ekiden.mail.address.Recipients;
import ekiden.message.Messages;
import ekiden.model.mail.Address;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code ekiden address resolve} and {@code address list}, without a running process. */
final class AddressCommand implements CommandSet.Addresses {
    @Override
    public ExitCode run(AddressRequest request, Terminal terminal) {
        Told told = new Told(terminal, request.language());
        try (Addresses addresses = Addresses.of(new HomePaths(request.home()), terminal)) {
            Call call = new Call(request, terminal, told, addresses.recipients());
            return request.names().isEmpty() ? list(call) : resolve(call);
        }
    }

    @Override
    public Map<String, Problem> doubts(Path home, List<String> names, Terminal terminal) {
        HomePaths paths = new HomePaths(home);
        Map<String, Problem> doubts = new LinkedHashMap<>();
        try (Addresses all = Addresses.of(paths, terminal);
                Addresses files = Addresses.ofFiles(paths, terminal)) {
            boolean directories = all.directories();
            for (String name : names) {
                if (files.recipients().resolve(name) instanceof Result.Failed<Addressed.Name>(Problem problem)
                        && !(directories && open(problem))) {
                    doubts.put(name, problem);
                }
            }
        }
        return doubts;
    }

    /** Whether a book that was not asked may know better. */
    private static boolean open(Problem problem) {
        return Stream.of(
                        AddressMessage.UNKNOWN,
                        AddressMessage.UNKNOWN_SIMILAR,
                        AddressMessage.NO_BOOKS,
                        AddressMessage.MISSING_MEMBER)
                .anyMatch(message -> message.id().equals(problem.id()));
    }

    private record Call(AddressRequest request, Terminal terminal, Told told, Recipients recipients) {
        void print(String line) {
            terminal.out().println(line);
        }
    }

    /** Each name by itself; the first that fails gives the exit code. */
    private static ExitCode resolve(Call call) {
        ExitCode worst = ExitCode.DONE;
        for (String name : call.request().names()) {
            switch (call.recipients().resolve(name)) {
                case Result.Ok<Addressed.Name>(Addressed.Name found) -> show(call, found);
                case Result.Failed<Addressed.Name>(Problem problem) -> {
                    ExitCode own = call.told().fail(problem);
                    worst = worst == ExitCode.DONE ? own : worst;
                    if (call.request().json()) {
                        call.print(Json.write(failed(call, name, problem)));
                    }
                }
            }
        }
        return worst;
    }

    private static void show(Call call, Addressed.Name found) {
        if (call.request().json()) {
            call.print(Json.write(json(found)));
            return;
        }
        for (Address address : found.addresses()) {
            String book = found.book().isEmpty() ? "" : "  [" + found.book() + "]";
            call.print(Messages.clean(found.written() + " = " + shown(address)) + book);
        }
    }

    /** Adds what names of recipients became to the line of a mail, where there were any. */
    static void put(Map<String, @Nullable Object> line, List<Addressed.Name> names) {
        if (!names.isEmpty()) {
            line.put("names", names.stream().map(AddressCommand::json).toList());
        }
    }

    private static Map<String, @Nullable Object> json(Addressed.Name name) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", name.written());
        json.put("book", name.book().isEmpty() ? null : name.book());
        json.put(
                "addresses", name.addresses().stream().map(AddressCommand::json).toList());
        return json;
    }

    private static Map<String, @Nullable Object> json(Address address) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", address.name());
        json.put("address", address.address());
        return json;
    }

    private static String shown(Address address) {
        return address.name() == null ? address.address() : address.name() + " <" + address.address() + ">";
    }

    /** All that the books have of that name, where the message tells only some. */
    private static Map<String, Object> failed(Call call, String name, Problem problem) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("name", name);
        line.put("error", Map.of("id", problem.id(), "values", problem.values()));
        if (call.recipients().candidates(name) instanceof Result.Ok<List<Entry>>(List<Entry> all) && !all.isEmpty()) {
            line.put("candidates", all.stream().map(AddressCommand::json).toList());
        }
        return line;
    }

    private static ExitCode list(Call call) {
        return switch (call.recipients().books(call.request().book())) {
            case Result.Failed<List<AddressBook>>(Problem problem) ->
                call.told().fail(problem);
            case Result.Ok<List<AddressBook>>(List<AddressBook> books) -> {
                ExitCode worst = ExitCode.DONE;
                for (AddressBook book : books) {
                    ExitCode own = list(call, book);
                    boolean failed = worst != ExitCode.DONE && worst != ExitCode.WARNING;
                    worst = failed || own == ExitCode.DONE ? worst : own;
                }
                yield worst;
            }
        };
    }

    private static ExitCode list(Call call, AddressBook book) {
        return switch (book.list(call.request().limit(), AddressLimits.DEFAULT.patience())) {
            case Result.Failed<AddressBook.Listing>(Problem problem) ->
                call.told().fail(problem);
            case Result.Ok<AddressBook.Listing>(AddressBook.Listing listing) -> {
                listing.entries().forEach(entry -> call.print(line(call, book, entry)));
                Problem refused = listing.refused();
                if (refused != null) {
                    yield call.told().fail(refused);
                }
                if (listing.more()) {
                    call.terminal()
                            .err()
                            .println("[" + book.name() + "] --limit "
                                    + call.request().limit() + " …");
                }
                yield ExitCode.DONE;
            }
        };
    }

    private static String line(Call call, AddressBook book, Entry entry) {
        if (call.request().json()) {
            Map<String, @Nullable Object> line = new LinkedHashMap<>();
            line.put("book", book.name());
            line.putAll(json(entry));
            return Json.write(line);
        }
        String detail = entry.detail().isEmpty() ? "" : " (" + entry.detail() + ")";
        return Messages.clean("[" + book.name() + "] " + shown(entry) + detail);
    }

    private static String shown(Entry entry) {
        return switch (entry) {
            case Entry.Person person ->
                person.address() == null ? person.name() : person.name() + " <" + person.address() + ">";
            case Entry.Group group -> {
                String own = group.address() == null ? "" : " <" + group.address() + ">";
                yield group.name() + own + ": " + group.members().size();
            }
        };
    }

    private static Map<String, @Nullable Object> json(Entry entry) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", entry.name());
        json.put("names", entry.names());
        json.put("detail", entry.detail());
        switch (entry) {
            case Entry.Person person -> json.put("address", person.address());
            case Entry.Group group -> {
                json.put("address", group.address());
                json.put("members", group.members());
            }
        }
        return json;
    }
}
