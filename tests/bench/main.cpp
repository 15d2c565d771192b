// Prints what the server and the desks do, each beside its limit measured in the same run on the same machine. Figures move with
// the neighbours; the ratios are what to quote. Run several times before claiming anything.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <thread>

#include "server/limits.hpp"
#include "tests/bench/figures.hpp"
#include "tests/bench/files.hpp"
#include "tests/bench/limits.hpp"
#include "tests/bench/pushes.hpp"
#include "tests/bench/replay.hpp"
#include "tests/bench/scale.hpp"
#include "tests/bench/season.hpp"

namespace hoso::bench {
namespace {

struct GroupCommit {
    double push = 0;  // events a second with a desk's push a sync, as it comes over the wire
    double best = 0;  // of all the sizes
};

// The same events in groups as small as a chunk and as large as the server's largest, which one desk's credit does not fill;
// of five tries the median.
GroupCommit group_commit(const std::filesystem::path& folder, const std::vector<log::Event>& events) {
    const server::Limits limits;
    const std::size_t largest = limits.group_pushes_max * log::push_actions_max;
    GroupCommit measured;
    for (const std::size_t group : {std::size_t{256}, log::push_actions_max, 4 * log::push_actions_max, largest}) {
        std::vector<double> tries;
        for (const char* name : {"a", "b", "c", "d", "e"}) {
            const auto apart = folder / (std::to_string(group) + name);
            tries.push_back(raw_group_commit(apart, events, group, limits.group_bytes_max));
        }
        std::sort(tries.begin(), tries.end());
        const double committed = tries[tries.size() / 2];
        rate(("limit: RocksDB, " + std::to_string(group) + " events a synced batch, same bytes").c_str(), committed, 1, "events");
        if (group == log::push_actions_max) measured.push = committed;
        measured.best = std::max(measured.best, committed);
    }
    return measured;
}

struct Queue {
    std::vector<log::Push> pushes;
    Ingest ingest;
    double recording_seconds = 0;
};

Queue push_queue(Season& season, std::size_t actions) {
    Queue queue;
    const Stopwatch recording;
    season.record_notes(actions);
    queue.recording_seconds = recording.seconds();
    queue.pushes = sealed_pushes(season.commune());
    queue.ingest = push_all(season.commune(), queue.pushes);
    season.sync(season.commune(), 120);
    return queue;
}

void ingest(Season& season, std::size_t actions) {
    section("Durable ingest, one client over WebSocket and TLS, judged and synced before it is answered");
    std::vector<Queue> queues;  // one takes less than a tenth of a second: the figure is the median of five
    for (int i = 0; i < 5; ++i) queues.push_back(push_queue(season, actions));
    amount("server resident after it", season.server_resident_mb(), "MB");
    std::sort(queues.begin(), queues.end(), [](const Queue& a, const Queue& b) { return a.ingest.seconds < b.ingest.seconds; });
    const auto& [pushes, measured, recording_seconds] = queues[queues.size() / 2];
    const auto count = static_cast<double>(measured.actions);
    rate("recorded on the desk, durable", count, recording_seconds, "actions");
    rate("ingest, the fastest queue", count, queues.front().ingest.seconds, "actions");
    rate("ingest, the slowest queue", count, queues.back().ingest.seconds, "actions");
    rate("ingest, median of five queues", count, measured.seconds, "actions");
    amount("bytes on the wire per action, up", static_cast<double>(measured.bytes_up) / count, "B");
    amount("bytes on the wire per action, results", static_cast<double>(measured.bytes_down) / count, "B");

    std::vector<Bytes> frames;
    std::size_t raw = 0;
    for (const log::Push& push : pushes) {
        frames.push_back(sync::encode(sync::Push{push}));
        for (const log::SignedAction& action : push.actions) raw += action.action.size();
    }
    amount("bytes per action before sealing and compression", static_cast<double>(raw) / count, "B");
    season.stop_server();
    auto events = read_log(season.server_folder());
    events.erase(events.begin(), events.end() - static_cast<std::ptrdiff_t>(actions));
    std::filesystem::create_directories(season.folder() / "raw");
    const GroupCommit committed = group_commit(season.folder() / "raw", events);
    const double echoed = raw_echo(frames) * count / static_cast<double>(frames.size());
    rate("limit: WebSocket echo of the same frames", echoed, 1, "actions");
    ratio("ingest / raw group commit, a push a sync", count / measured.seconds / committed.push, "");
    ratio("ingest / raw group commit, the best of them", count / measured.seconds / committed.best, "(0.2 is the floor)");
    ratio("ingest / echo", count / measured.seconds / echoed, "");
    season.start_server();
}

void catch_up(Season& season, std::size_t events) {
    section("Catch-up of a fresh desk that follows the whole log");
    while (season.commune().outbox().size() < events) {
        season.record_notes(std::min<std::size_t>(20'000, events - season.commune().outbox().size()));
        season.sync(season.commune(), 300);
    }
    const Stopwatch watch;
    auto desk = season.enrol("fresh", season.root(), domain::Role::auditor);
    const double seconds = watch.seconds();
    const auto through = static_cast<double>(desk->through());
    desk.reset();
    rate("received, stored, judged again and folded", through, seconds, "events");
    amount("server resident", season.server_resident_mb(), "MB");

    season.stop_server();
    const auto all = read_log(season.server_folder());
    const Fold folded = fold_all(all);
    std::vector<Bytes> leaves;
    for (const log::Event& event : all) log::encode_leaf(event, leaves.emplace_back());
    std::vector<Bytes> frames;
    sync::Events frame;
    std::size_t bytes = 0;
    std::size_t wire = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        frame.events.push_back(all[i]);
        bytes += leaves[i].size();
        if (bytes > 96 * 1024 || i + 1 == all.size()) {
            frames.push_back(sync::encode(frame));
            wire += frames.back().size();
            frame.events.clear();
            bytes = 0;
        }
    }
    const auto count = static_cast<double>(all.size());
    const double echoed = raw_echo(frames) * count / static_cast<double>(frames.size());
    const double walked = plain_iteration(leaves);
    rate("limit: WebSocket echo of the same frames", echoed, 1, "events");
    ratio("catch-up / echo", through / seconds / echoed, "");
    amount("bytes on the wire per event", static_cast<double>(wire) / count, "B");

    section("Fold");
    rate("fold and judge, from memory", folded.events_per_second, 1, "events");
    rate("fold and judge, from disk", replay_from_disk(season.server_folder()), 1, "events");
    rate("limit: plain iteration over the leaves", walked, 1, "events");
    ratio("fold / plain iteration", folded.events_per_second / walked, "");
    ratio("catch-up / fold", through / seconds / folded.events_per_second, "");
    season.start_server();
}

void memory(Season& season) {
    section("Memory of the real programs, resident");
    amount("server", season.server_resident_mb(), "MB");
    season.close_desks();
    for (const char* name : {"admin", "fresh"}) {
        const Child daemon(season.desk_command(name, {"run"}));
        for (int i = 0; i < 200 && !std::filesystem::exists(season.folder() / name / "desk.sock"); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        std::this_thread::sleep_for(std::chrono::seconds(1));  // it connects and takes what is new
        amount(name == std::string("fresh") ? "desk that follows the whole log" : "desk of the administrator", daemon.resident_mb(),
               "MB");
    }
}

}  // namespace
}  // namespace hoso::bench

int main(int argc, char** argv) {
    CLI::App app{"hoso bench"};
    std::string binaries;
    std::string rules = "schema/rules/ocop-148-2023.json";
    std::size_t actions = 20'000;
    std::size_t events = 100'000;
    std::size_t dossiers = 100'000;
    std::uint64_t megabytes = 1'000;
    app.add_option("--bin", binaries)->required();
    app.add_option("--rules", rules);
    app.add_option("--actions", actions, "queued actions of the ingest figure; 0 leaves the server and the desks out");
    app.add_option("--events", events, "events of the catch-up figure");
    app.add_option("--dossiers", dossiers, "of the programme folded in memory, about sixty actions each; 0 leaves it out");
    app.add_option("--megabytes", megabytes, "of the file that is moved; 0 leaves it out");
    CLI11_PARSE(app, argc, argv);
    if (dossiers > 0) hoso::bench::scale("schema", dossiers);
    if (actions == 0) return 0;
    char folder[] = "/tmp/hoso-bench-XXXXXX";
    if (!mkdtemp(folder)) return 1;
    {
        hoso::bench::Season season(binaries, folder, rules);
        hoso::bench::ingest(season, actions);
        hoso::bench::catch_up(season, events);
        if (megabytes > 0) hoso::bench::files(season, megabytes);
        hoso::bench::memory(season);
    }
    std::filesystem::remove_all(folder);
}
