#pragma once

#include "tests/support/story.hpp"

namespace hoso::tests {

// What the programme does around the dossiers of a story: every step as it should be, made from what the world holds now.
class Programme {
public:
    explicit Programme(World& made_in) : world(made_in) {}

    World& world;

    // ---- the province's own ------------------------------------------------------------------------------------------
    Step office() { return by_founder(domain::OfficeCreated{last_ = world.new_id(), world.units.at("p"), "Sở Nông nghiệp", {}}); }
    Step office_renaming(int days) const;
    Step unit_renaming(const std::string& unit, int days) const;
    Step calendar(std::uint16_t year = 2023) const;
    Step notice(const Story& story) const;
    Step reminder() const;
    Step difficulty() const;
    Step difficulty_answer() const;
    Step promotion() const;

    // ---- councils, decisions, letters --------------------------------------------------------------------------------
    Step council_change(const std::string& unit) const;
    Step minutes(const Story& story) const;
    Step publication(const Story& story) const;
    Step package(const Story& story) const;
    // A block of numbers for the commune's desk, then a number out of it.
    Step form_block(const Story& story);
    Step form(const Story& story) const;

    // ---- of a product ------------------------------------------------------------------------------------------------
    Step idea(const Story& story, bool approved = true) const;
    Step code(const Story& story, const std::string& code) const;
    Step recusal(const Story& story, const std::string& post) const;
    Step samples(const Story& story) const;
    Step expiry_notice(const Story& story) const;
    Step inspection(const Story& story, domain::InspectionOutcome outcome) const;
    Step service(const Story& story) const;
    Step complaint(const Story& story) const;
    Step complaint_answer(const Story& story) const;
    Step correction(const Story& story) const;
    Step participation(const Story& story) const;

    Uuid last_office() const { return last_; }
    Date day(int from_today) const { return world.today() + std::chrono::days{from_today}; }

private:
    static Step by_founder(domain::Body body) { return {"founder_1", registry_stream, std::move(body)}; }
    std::string certificate(const Story& story) const;

    Uuid last_;
};

}  // namespace hoso::tests
