#include "client/audit/bundle.hpp"
#include "shared/base/hash.hpp"
#include "tests/support/cli_desk.hpp"
#include "tests/support/files.hpp"

// One file that an auditor takes away: nothing in it can be changed without being noticed.
namespace hoso::client::audit {
namespace {

using namespace tests;

const Progress quiet = [](Position, Position) {};

class AuditBundle : public CliDesk {
protected:
    AuditBundle() : CliDesk("p") {}
    void SetUp() override {
        CliDesk::SetUp();
        Story story{at_.world, "a1"};
        story.submit();
        story.evaluate(three_stars);
        at_.sync();
        at_.desk.reset();
        const auto log = StoredLog::open(at_.folder);
        ASSERT_TRUE(log) << log.error().detail;
        const auto done = export_bundle(**log, file(), quiet);
        ASSERT_TRUE(done) << done.error().detail;
        made_ = *done;
        bytes_ = read_bytes(file());
        ASSERT_EQ(bytes_.size(), made_.bytes);
    }
    std::filesystem::path file() const { return at_.temp / "log.hoso"; }
    // Empty, or why it does not hold.
    std::optional<Fault> verified(const Bytes& bytes, const Known& known = {}) {
        write_bytes(at_.temp / "other.hoso", bytes);
        const auto done = verify_bundle(at_.temp / "other.hoso", known, quiet);
        EXPECT_TRUE(done);
        return done ? done->fault : std::nullopt;
    }
    // With the end that somebody would compute who changes the rest.
    static Bytes ended(Bytes bytes) {
        bytes.resize(bytes.size() - 32);
        const Hash end = sha256(bytes);
        bytes.insert(bytes.end(), end.bytes.begin(), end.bytes.end());
        return bytes;
    }
    // Where each event's record begins, and where the last one ends.
    std::vector<std::size_t> records() const {
        std::size_t at = 8 + 32 + 8;
        const auto skip_block = [&] {
            const auto size = load_le<std::uint64_t>(bytes_.data() + at);
            at += 8 + (size + 7) / 8 * 8;
        };
        skip_block();
        const auto rules = load_le<std::uint64_t>(bytes_.data() + at);
        at += 8;
        for (std::uint64_t i = 0; i < rules; ++i) {
            at += 32;
            skip_block();
        }
        std::vector<std::size_t> found{at};
        while (at < bytes_.size() - 32) found.push_back(at += 8 + load_le<std::uint32_t>(bytes_.data() + at));
        return found;
    }
    Bytes joined(std::initializer_list<std::pair<std::size_t, std::size_t>> ranges) const {
        Bytes out;
        for (const auto& [from, to] : ranges)
            out.insert(out.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(from),
                       bytes_.begin() + static_cast<std::ptrdiff_t>(to));
        return out;
    }

    Exported made_;
    Bytes bytes_;
};

TEST_F(AuditBundle, HoldsAndIsTheSameAgain) {
    EXPECT_FALSE(verified(bytes_));
    const auto log = StoredLog::open(at_.folder);
    ASSERT_TRUE(log);
    const auto again = export_bundle(**log, at_.temp / "again.hoso", quiet);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->end, made_.end);
    EXPECT_EQ(read_bytes(at_.temp / "again.hoso"), bytes_);
    EXPECT_EQ(records().size() - 1, made_.size);
    EXPECT_FALSE(std::filesystem::exists(at_.temp / "again.hoso.part"));
}

TEST_F(AuditBundle, AChangedByteIsNoticedWhoeverChangedIt) {
    for (std::size_t byte = 0; byte < bytes_.size(); byte += 199) {
        Bytes changed = bytes_;
        changed[byte] ^= static_cast<Byte>(1 << byte % 8);
        ASSERT_TRUE(verified(changed)) << "byte " << byte;
        if (byte % 5 != 0 || byte >= bytes_.size() - 32) continue;
        // A rule set's bytes and padding have no other witness than their place; what is changed there is no rule set any more.
        ASSERT_TRUE(verified(ended(changed))) << "byte " << byte << ", with an end of its own";
    }
}

TEST_F(AuditBundle, ARecordThatIsTakenOutDoubledOrMovedIsNoticed) {
    const auto at = records();
    const std::size_t end = bytes_.size();
    for (std::size_t i = 0; i + 2 < at.size(); i += 3) {
        EXPECT_TRUE(verified(ended(joined({{0, at[i]}, {at[i + 1], end}})))) << "without " << i;
        EXPECT_TRUE(verified(ended(joined({{0, at[i + 1]}, {at[i], end}})))) << i << " twice";
        EXPECT_TRUE(verified(ended(joined({{0, at[i]}, {at[i + 1], at[i + 2]}, {at[i], at[i + 1]}, {at[i + 2], end}}))))
            << i << " after the next";
    }
    for (const std::size_t cut : {std::size_t{0}, std::size_t{1}, std::size_t{47}, end / 2, end - 33, end - 1})
        EXPECT_TRUE(verified(joined({{0, cut}}))) << "cut at " << cut;
    Bytes longer = bytes_;
    longer.push_back(0);
    EXPECT_TRUE(verified(longer));
}

TEST_F(AuditBundle, IsOfTheLogThatIsKnownFromElsewhere) {
    Known known;
    known.log = at_.world.replica.state().log;
    EXPECT_FALSE(verified(bytes_, known));
    known.log->bytes[0] ^= 1;
    EXPECT_TRUE(verified(bytes_, known));
}

TEST_F(AuditBundle, IsNoFileOfADeskThatFollowsOneUnit) {
    DeskFolder commune{"a1"};
    commune.settle();
    commune.desk.reset();
    const auto log = StoredLog::open(commune.folder);
    ASSERT_TRUE(log);
    const auto done = export_bundle(**log, commune.temp / "a.hoso", quiet);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, Errc::invalid);
    EXPECT_FALSE(std::filesystem::exists(commune.temp / "a.hoso"));
}

}  // namespace
}  // namespace hoso::client::audit
