#pragma once

#include "tests/support/desk_talk.hpp"
#include "tests/support/temp_folder.hpp"

namespace hoso::tests {

inline constexpr const char* passphrase = "mật khẩu";

// A training log's clock that stands still until it is set.
class HandClock final : public run::Clock {
public:
    HandClock(const Instant& now, const Instant& behind) : now_(now), behind_(behind) {}
    Instant now() const override { return now_ - behind_; }
    bool handed_in() const override { return true; }

private:
    const Instant& now_;
    const Instant& behind_;
};

// A province in memory, and one real desk of commune a1 on disk with an officer, not enrolled yet.
struct DeskFolder {
    World world;
    Instant behind = 0;  // how far the desk's clock is behind the province's
    HandClock clock{world.now, behind};
    TempFolder temp;
    std::filesystem::path folder = temp.path() / "desk";
    client::Slip slip;
    std::unique_ptr<client::Desk> desk;

    explicit DeskFolder(const std::string& unit = "a1", std::optional<domain::Role> role = domain::Role::officer)
        : slip(slip_for(world, world.units.at(unit), role)) {}

    void prepare() {
        auto made = client::prepare_enrolment(folder, slip, passphrase, clock);
        if (!made) std::fprintf(stderr, "%s\n", made.error().detail.c_str());
        CHECK(made.has_value());
        desk = std::move(*made);
    }
    // Enrolled, synced, signed in.
    void settle() {
        prepare();
        CHECK(Talk::enrol(world, *desk).has_value());
        sync();
        unlock();
        sync();
    }
    void sync() {
        Talk talk(world, *desk);
        talk.run();
        if (talk.failed) std::fprintf(stderr, "%s\n", talk.failed->detail.c_str());
        if (talk.closed) std::fprintf(stderr, "%s\n", talk.closed->detail.c_str());
        CHECK(talk.idle);
    }
    void unlock(int hours = 8) {
        const auto done = desk->unlock(slip.account, passphrase, hours);
        if (!done) std::fprintf(stderr, "%s\n", done.error().detail.c_str());
        CHECK(done.has_value());
    }
    Result<void> reopen(const client::Desk::Options& options = {}) {
        desk.reset();
        auto opened = client::Desk::open(folder, clock, options);
        if (!opened) return opened.error();
        desk = std::move(*opened);
        return {};
    }

    client::Proposal subject(const std::string& name = "HTX Chè Tân Thành") {
        const domain::SubjectRegistered body{slip.unit, name, "cooperative", "0100000001", {}, {}, {}};
        return {body, world.new_id(), slip.account, {}};
    }
    // Void wherever it is logged: the round has no such unit.
    client::Proposal hopeless() {
        const domain::SubjectRegistered body{world.units.at("b1"), "ở xã khác", "cooperative", "0100000002", {}, {}, {}};
        return {body, world.new_id(), slip.account, {}};
    }
};

}  // namespace hoso::tests
