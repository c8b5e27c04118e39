package dev.waxwing.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The files that were found and cannot be read. */
final class UnreadableFiles {

    private static final System.Logger LOG = System.getLogger(UnreadableFiles.class.getName());
    private static final int NAMED = 10;

    private final OnUnreadable choice;
    private final List<String> problems = new ArrayList<>();

    UnreadableFiles(OnUnreadable choice) {
        this.choice = choice;
    }

    /** Adds a file, named, and what is wrong with it. */
    void add(String problem) {
        problems.add(problem);
    }

    /**
     * Ends the search.
     *
     * @param where what was searched, for messages
     * @throws IOException if there are some that must not be left out
     */
    void decide(String where) throws IOException {
        if (problems.isEmpty()) {
            return;
        }
        String named = problems.stream().limit(NAMED).collect(Collectors.joining("; "));
        String more = problems.size() > NAMED ? "; …" : "";
        if (choice == OnUnreadable.FAIL) {
            throw new IOException(
                    where
                            + ": "
                            + count("cannot be read: ")
                            + named
                            + more
                            + ". Repair or remove what is named, or leave it out by"
                            + " withOnUnreadable(OnUnreadable.SKIP)");
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "{0}: {1}{2}{3}",
                where,
                count("left out: "),
                named,
                more);
    }

    private String count(String what) {
        int files = problems.size();
        return files + (files == 1 ? " file " : " files ") + what;
    }
}
