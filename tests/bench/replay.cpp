#include "tests/bench/replay.hpp"

#include "shared/io/rocks_log.hpp"
#include "shared/replica/replica.hpp"
#include "tests/bench/figures.hpp"

namespace hoso::bench {
namespace {

constexpr std::size_t batch_events = 4096;
constexpr std::size_t batch_bytes = 4u << 20;

template <typename Take>
void each_batch(const std::filesystem::path& server_folder, Take take) {
    io::Database::Options options;
    options.read_only = true;
    const auto database = must(io::Database::open(server_folder / "db", options), "open");
    io::RocksLog::Options whole;
    const auto log = must(io::RocksLog::open(*database, server_folder, whole), "open");
    for (Position from = 0; from < log->size();) {
        const auto events = must(log->read(from, batch_events, batch_bytes), "read");
        from += events.size();
        take(events);
    }
}

}  // namespace

std::vector<log::Event> read_log(const std::filesystem::path& server_folder) {
    std::vector<log::Event> all;
    each_batch(server_folder, [&](const std::vector<log::Event>& events) { all.insert(all.end(), events.begin(), events.end()); });
    return all;
}

Fold fold_all(const std::vector<log::Event>& events) {
    replica::Replica replica;
    const Stopwatch watch;
    for (const log::Event& event : events) must(replica.fold(event, replica::Replica::Check::judge), "fold");
    const double seconds = watch.seconds();
    return {static_cast<double>(events.size()) / seconds, replica::state_hash(replica.state())};
}

double replay_from_disk(const std::filesystem::path& server_folder) {
    replica::Replica replica;
    const Stopwatch watch;
    each_batch(server_folder, [&](const std::vector<log::Event>& events) {
        for (const log::Event& event : events) must(replica.fold(event, replica::Replica::Check::judge), "fold");
    });
    return static_cast<double>(replica.size()) / watch.seconds();
}

}  // namespace hoso::bench
