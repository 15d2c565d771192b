#include <gtest/gtest.h>

#include "shared/io/rocks_log.hpp"
#include "shared/log/memory_log.hpp"
#include "tests/support/log_builder.hpp"
#include "tests/support/temp_folder.hpp"

// One suite that the log in memory and the log on disk both pass, as a server's and as a desk's.
namespace hoso::log {
namespace {

using tests::LogBuilder;
using tests::product;
using tests::unit;

constexpr std::size_t all_events = 100'000;
constexpr std::size_t all_bytes = 1 << 30;

enum class Kind { memory, disk, disk_indexed, disk_reopened };
struct Shape {
    const char* name;
    Kind kind;
};

class LogContract : public testing::TestWithParam<Shape> {
protected:
    // Starts a log; a disk log is opened again before each look, or has its streams indexed, as the shape says.
    void start(Extent extent) {
        extent_ = extent;
        if (GetParam().kind == Kind::memory) {
            log_ = std::make_unique<MemoryLog>(extent, tests::stream_of);
        } else {
            open();
        }
    }
    Log& log() { return *log_; }
    void append(std::span<const Event> events) {
        const auto appended = log_->append(events);
        ASSERT_TRUE(appended) << appended.error().detail;
        settle();
    }
    void settle() {
        if (GetParam().kind == Kind::disk_indexed) {
            const auto indexed = dynamic_cast<io::RocksLog&>(*log_).index_streams(1);
            ASSERT_TRUE(indexed) << indexed.error().detail;
        }
        if (GetParam().kind == Kind::disk_reopened) open();
    }

private:
    void open() {
        log_.reset();
        database_.reset();
        auto database = io::Database::open(folder_ / "db", {.size = io::Database::Size::desk, .create = true, .reserve_bytes = 0});
        ASSERT_TRUE(database) << database.error().detail;
        database_ = std::move(*database);
        io::RocksLog::Options options;
        options.whole = extent_ == Extent::whole;
        options.stream_of = tests::stream_of;
        auto log = io::RocksLog::open(*database_, folder_ / "log", options);
        ASSERT_TRUE(log) << log.error().detail;
        ASSERT_FALSE((*log)->amnesia()) << (*log)->amnesia()->detail;
        log_ = std::move(*log);
    }

    tests::TempFolder folder_;
    Extent extent_ = Extent::whole;
    std::unique_ptr<io::Database> database_;
    std::unique_ptr<Log> log_;
};

// Appends in groups of growing size, so that chunks and tiles begin and end everywhere.
void append_in_groups(std::span<const Event> events, const std::function<void(std::span<const Event>)>& append) {
    for (std::size_t group = 1; !events.empty(); group = group * 2 + 1) {
        const std::size_t count = std::min(group, events.size());
        append(events.first(count));
        events = events.subspan(count);
    }
}

std::vector<Event> held_by(std::span<const Event> events, std::span<const UnitId> scopes) {
    std::vector<Event> held;
    for (const Event& event : events) {
        if (std::find(scopes.begin(), scopes.end(), event.head.scope) != scopes.end()) held.push_back(event);
    }
    return held;
}

TEST_P(LogContract, EmptyLog) {
    start(Extent::whole);
    EXPECT_EQ(log().size(), 0u);
    EXPECT_EQ(log().at(0).error().code, Errc::not_found);
    EXPECT_TRUE(log().read(0, 10, 1000)->empty());
    EXPECT_EQ(log().tree().root(), empty_root());
    EXPECT_TRUE(log().append({}));
    EXPECT_TRUE(log().stream(registry_stream)->empty());
    EXPECT_TRUE(log().pushes(tests::device(1), 0, 0, 10)->empty());
    EXPECT_FALSE(log().node(0, 0));
}

TEST_P(LogContract, GivesBackWhatItTook) {
    LogBuilder builder;
    builder.grow(700);
    start(Extent::whole);
    append_in_groups(builder.events(), [&](auto events) { append(events); });
    EXPECT_EQ(log().size(), 701u);
    EXPECT_EQ(*log().read(0, all_events, all_bytes), builder.events());
    for (const Position position : {0, 1, 255, 256, 257, 511, 512, 700}) EXPECT_EQ(*log().at(position), builder.events()[position]);
    EXPECT_EQ(log().at(701).error().code, Errc::not_found);
    EXPECT_EQ(log().at(no_position).error().code, Errc::not_found);
}

TEST_P(LogContract, GapIsRefused) {
    LogBuilder builder;
    builder.grow(30);
    const std::span<const Event> events{builder.events()};
    start(Extent::whole);
    EXPECT_EQ(log().append(events.subspan(1, 2)).error().code, Errc::gap) << "not from genesis";
    append(events.first(10));
    EXPECT_EQ(log().append(events.subspan(11, 1)).error().code, Errc::gap);
    EXPECT_EQ(log().append(events.subspan(9, 2)).error().code, Errc::gap);
    std::vector<Event> holed(events.begin() + 10, events.begin() + 20);
    holed.erase(holed.begin() + 5);
    EXPECT_EQ(log().append(holed).error().code, Errc::gap) << "all or nothing";
    EXPECT_EQ(log().size(), 10u);
    Event wide = events[10];
    wide.seal = Seal{};
    wide.seal->last_seq = 11;
    EXPECT_EQ(log().append({&wide, 1}).error().code, Errc::invalid) << "a seal over more events than there are";
    append(events.subspan(10));
    EXPECT_EQ(*log().read(0, all_events, all_bytes), builder.events());
}

TEST_P(LogContract, ReadKeepsItsLimits) {
    LogBuilder builder;
    builder.grow(600);
    start(Extent::whole);
    append_in_groups(builder.events(), [&](auto events) { append(events); });
    std::vector<Event> read;
    while (true) {
        auto part = log().read(read.size(), 7, all_bytes);
        ASSERT_TRUE(part) << part.error().detail;
        if (part->empty()) break;
        ASSERT_LE(part->size(), 7u);
        read.insert(read.end(), part->begin(), part->end());
    }
    EXPECT_EQ(read, builder.events());
    EXPECT_EQ(log().read(5, 100, 1)->size(), 1u) << "one event always fits";
    const std::size_t two = leaf_size(builder.events()[5]) + leaf_size(builder.events()[6]);
    EXPECT_EQ(log().read(5, 100, two)->size(), 2u);
    EXPECT_EQ(log().read(5, 100, two - 1)->size(), 1u);
    EXPECT_TRUE(log().read(5, 0, all_bytes)->empty());
    EXPECT_TRUE(log().read(601, 5, all_bytes)->empty());
}

TEST_P(LogContract, ScopesAreMergedByPosition) {
    LogBuilder builder;
    builder.grow(900);
    start(Extent::whole);
    append_in_groups(builder.events(), [&](auto events) { append(events); });
    const std::vector<UnitId> scopes{registry_scope, unit(1)};
    const auto wanted = held_by(builder.events(), scopes);
    std::vector<ScopeCursor> cursors{{registry_scope, 0}, {unit(1), 0}};
    std::vector<Event> read;
    for (Position through = 0; through < log().size();) {
        auto part = log().read_scopes(cursors, 5, all_bytes);
        ASSERT_TRUE(part) << part.error().detail;
        ASSERT_GT(part->through, through);
        through = part->through;
        for (const Event& event : part->events) ASSERT_LT(event.head.position, through);
        read.insert(read.end(), part->events.begin(), part->events.end());
        for (ScopeCursor& cursor : cursors) cursor.after = through;
    }
    EXPECT_EQ(read, wanted);
    const auto none = log().read_scopes(cursors, 5, all_bytes);
    EXPECT_TRUE(none->events.empty());
    EXPECT_EQ(none->through, log().size());
}

TEST_P(LogContract, EveryCursorStartsWhereItSays) {
    LogBuilder builder;
    builder.grow(300);
    start(Extent::whole);
    append_in_groups(builder.events(), [&](auto events) { append(events); });
    for (Position after = 0; after <= 301; ++after) {
        const ScopeCursor cursors[] = {{unit(0), after}, {unit(2), 301 - after}, {unit(0), after}};
        std::vector<Event> wanted;
        for (const Event& event : builder.events()) {
            const bool first = event.head.scope == unit(0) && event.head.position >= after;
            const bool second = event.head.scope == unit(2) && event.head.position >= 301 - after;
            if (first || second) wanted.push_back(event);
        }
        const auto read = log().read_scopes(cursors, all_events, all_bytes);
        ASSERT_TRUE(read) << read.error().detail;
        ASSERT_EQ(read->events, wanted) << "after " << after;
        ASSERT_EQ(read->through, log().size());
    }
}

TEST_P(LogContract, EveryScopeAtOnce) {
    LogBuilder builder;
    builder.grow(40);
    start(Extent::whole);
    append(builder.events());
    const ScopeCursor everything[] = {{whole_log_scope(), 10}};
    const auto read = log().read_scopes(everything, 20, all_bytes);
    EXPECT_EQ(read->events.front(), builder.events()[10]);
    EXPECT_EQ(read->events.size(), 20u);
    EXPECT_EQ(read->through, 30u);
    const ScopeCursor two[] = {{whole_log_scope(), 10}, {unit(1), 0}};
    EXPECT_EQ(log().read_scopes(two, 20, all_bytes).error().code, Errc::invalid);
    const auto nothing = log().read_scopes({}, 20, all_bytes);
    EXPECT_TRUE(nothing->events.empty());
    const ScopeCursor unknown[] = {{unit(99), 0}};
    EXPECT_EQ(log().read_scopes(unknown, 20, all_bytes)->through, log().size());
}

TEST_P(LogContract, PushesOfADevice) {
    LogBuilder builder;
    builder.grow(200);
    start(Extent::whole);
    append_in_groups(builder.events(), [&](auto events) { append(events); });
    std::vector<PushRecord> wanted;
    for (const Event& event : builder.events()) {
        if (event.seal && event.head.device == tests::device(1)) wanted.push_back(push_record(builder.log(), event));
    }
    ASSERT_GT(wanted.size(), 3u);
    const auto same = [](const PushRecord& one, const PushRecord& other) {
        return one.first_seq == other.first_seq && one.last_seq == other.last_seq && one.first_position == other.first_position &&
               one.seal_hash == other.seal_hash;
    };
    const auto all = log().pushes(tests::device(1), 0, 0, ~std::uint64_t{0});
    ASSERT_TRUE(all) << all.error().detail;
    EXPECT_TRUE(std::equal(all->begin(), all->end(), wanted.begin(), wanted.end(), same));
    const PushRecord& second = wanted[1];
    EXPECT_EQ(builder.events()[second.first_position].head.seq, second.first_seq);
    const auto within = log().pushes(tests::device(1), 0, second.first_seq + 1, second.last_seq - 1);
    ASSERT_EQ(within->size(), 1u);
    EXPECT_TRUE(same(within->front(), second));
    EXPECT_EQ(log().pushes(tests::device(1), 0, second.last_seq, second.last_seq + 1)->size(), 2u);
    EXPECT_TRUE(log().pushes(tests::device(1), 1, 0, 100)->empty()) << "another epoch";
    EXPECT_TRUE(log().pushes(tests::device(77), 0, 0, 100)->empty());
}

TEST_P(LogContract, StreamsAreFound) {
    LogBuilder builder;
    builder.push(tests::device(0), {{tests::device(0), registry_scope}});  // a founder's device stream begins
    builder.grow(150);
    builder.push(tests::device(0), {{tests::device(0), registry_scope}, {registry_stream, registry_scope}});
    start(Extent::whole);
    append_in_groups(builder.events(), [&](auto events) { append(events); });
    Event stray = builder.events().back();  // names a product that does not exist: filed in the registry
    stray.head.position += 1;
    stray.head.stream_version += 1;
    stray.head.scope_sequence += 1;
    stray.seal.reset();
    std::copy_n(product(9).bytes.begin(), 16, stray.action.begin());
    append({&stray, 1});
    for (const StreamId& stream : {registry_stream, product(0), product(1), product(2), tests::device(0)}) {
        std::vector<Position> wanted;
        for (const Event& event : builder.events()) {
            if (tests::stream_of(event.action) == stream) wanted.push_back(event.head.position);
        }
        if (stream == registry_stream) wanted.push_back(stray.head.position);
        const auto found = log().stream(stream);
        ASSERT_TRUE(found) << found.error().detail;
        EXPECT_EQ(*found, wanted);
    }
    EXPECT_TRUE(log().stream(product(9))->empty());
}

TEST_P(LogContract, TreeAndProofs) {
    LogBuilder builder;
    builder.grow(1'400);
    start(Extent::whole);
    append_in_groups(builder.events(), [&](auto events) { append(events); });
    CompactTree tree;
    std::vector<Hash> leaves;
    for (const Event& event : builder.events()) {
        Bytes leaf;
        encode_leaf(event, leaf);
        leaves.push_back(leaf_hash(leaf));
        tree.append(leaves.back());
    }
    EXPECT_EQ(log().tree().root(), tree.root());
    EXPECT_EQ(log().tree().size(), log().size());
    const NodeReader node = [&](unsigned level, std::uint64_t index) {
        const auto hash = log().node(level, index);
        EXPECT_TRUE(hash) << level << " " << index;
        return hash ? *hash : Hash{};
    };
    for (std::uint64_t position = 0; position < log().size(); position += 13) {
        const auto proof = inclusion_proof(position, log().size(), node);
        ASSERT_TRUE(verify_inclusion(leaves[position], position, log().size(), proof, tree.root()));
    }
    CompactTree older;
    for (std::uint64_t size = 1; size <= log().size(); ++size) {
        older.append(leaves[size - 1]);
        if (size % 17 != 0) continue;
        const auto proof = consistency_proof(size, log().size(), node);
        ASSERT_TRUE(verify_consistency(size, older.root(), log().size(), tree.root(), proof));
    }
    EXPECT_EQ(log().node(0, log().size()).error().code, Errc::not_found);
    EXPECT_EQ(log().node(10, 1).error().code, Errc::not_found) << "begun, but not complete";
    EXPECT_EQ(log().node(64, 0).error().code, Errc::not_found);
}

TEST_P(LogContract, ScopedLogHasHoles) {
    LogBuilder builder;
    builder.grow(400);
    const std::vector<UnitId> scopes{registry_scope, unit(2)};
    const auto held = held_by(builder.events(), scopes);
    start(Extent::scoped);
    append_in_groups(held, [&](auto events) { append(events); });
    EXPECT_EQ(log().size(), held.back().head.position + 1);
    EXPECT_EQ(*log().read(0, all_events, all_bytes), held);
    EXPECT_EQ(log().tree().size(), 0u);
    std::size_t next = 0;
    for (Position from = 0; from <= log().size(); ++from) {
        while (next < held.size() && held[next].head.position < from) ++next;
        const auto part = log().read(from, 1, all_bytes);
        ASSERT_TRUE(part) << part.error().detail;
        ASSERT_EQ(part->size(), next < held.size() ? 1u : 0u);
        ASSERT_TRUE(part->empty() || part->front() == held[next]);
        const auto at = log().at(from);
        ASSERT_EQ(at.has_value(), next < held.size() && held[next].head.position == from) << from;
    }
    const ScopeCursor cursors[] = {{unit(2), 0}};
    EXPECT_EQ(log().read_scopes(cursors, all_events, all_bytes)->events, held_by(held, {{unit(2)}}));
    EXPECT_EQ(log().append({&held.back(), 1}).error().code, Errc::gap);
    EXPECT_FALSE(log().stream(product(2))->empty());
}

TEST_P(LogContract, ScopedLogBeginsWithGenesis) {
    LogBuilder builder;
    builder.grow(10);
    start(Extent::scoped);
    EXPECT_EQ(log().append({&builder.events()[3], 1}).error().code, Errc::gap);
}

const Shape shapes[] = {
    {"Memory", Kind::memory}, {"Disk", Kind::disk}, {"DiskIndexed", Kind::disk_indexed}, {"DiskReopened", Kind::disk_reopened}};
INSTANTIATE_TEST_SUITE_P(Every, LogContract, testing::ValuesIn(shapes), [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace hoso::log
