#pragma once

#include "shared/domain/tally.hpp"
#include "tests/support/world.hpp"

namespace hoso::tests {

// Who does what in which stream.
struct Step {
    std::string officer;
    StreamId stream;
    domain::Body body;
    std::vector<domain::FileReference> files = {};
};

// One product of a commune and its dossier: every step as it should be, made from what the world holds now.
class Story {
public:
    Story(World& made_in, const std::string& commune_of)
        : world(made_in), commune(commune_of), product(made_in.new_id()), file(made_in.new_id()) {}
    // The same story in a copy of its world.
    Story(World& made_in, const Story& told)
        : world(made_in),
          commune(told.commune),
          product(told.product),
          file(told.file),
          meeting(told.meeting),
          meeting_key(told.meeting_key),
          decision(told.decision) {}

    World& world;
    std::string commune;
    StreamId product;
    DossierId file;
    std::string subject_name = "Hợp tác xã chè";
    Uuid meeting;
    BoxPrivateKey meeting_key;
    Uuid decision;

    const domain::Product& state() const { return *world.replica.state().product(product); }
    const domain::Dossier& dossier() const { return *state().dossier(file); }
    std::string officer() const { return "officer_" + commune; }
    const domain::Stage& stage() const { return world.registry().rules(dossier().rule_set)->stages[dossier().stage]; }
    const domain::ProductSet& set() const { return *world.registry().rules(dossier().rule_set)->product_set(state().product_set); }
    // The unit whose people act at the dossier's stage, as in "secretary_a".
    std::string desk() const { return stage().level == "district" ? commune.substr(0, 1) : "p"; }
    std::string at_stage(const std::string& post) const { return post + "_" + desk(); }

    // ---- steps -----------------------------------------------------------------------------------------------------
    Step registration(const std::string& set = "tea") const;
    Step opening(domain::DossierKind kind = domain::DossierKind::first) const;
    Step assessment(const Bytes& options) const { return own(domain::SelfAssessed{file, options}); }
    Step document() const;
    // The same with a photo of that many bytes and its preview.
    Step photo(std::uint64_t bytes = 300'000);
    // What the server's device says of the first file that is not stored yet.
    std::optional<domain::FileStored> storing() const;
    void store_files();
    Step opinion(const Bytes& options = {2}) const { return own(domain::OpinionGiven{file, "commune", options, true, "Đúng"}); }
    Step note() const { return own(domain::NoteAdded{file, "Đã gọi chủ thể."}); }
    Step field(const std::string& value) const { return own(domain::FieldSet{file, "phone", value}); }
    Step submission() const { return own(domain::Submitted{file, dossier().turn, world.today()}); }
    Step withdrawal() const { return own(domain::Withdrawn{file, dossier().turn, "Chủ thể xin rút"}); }
    Step receipt() const { return by("secretary", domain::Received{file, dossier().turn, stage().key, world.today()}); }
    Step return_it() const;
    Step advice() const { return by("adviser", domain::AdvisoryReported{file, stage().key, true, "Phù hợp"}); }
    Step meeting_opening();
    Step sheet(const std::string& post, const Bytes& options) const;
    Step meeting_closing() const;
    Step tally() const;
    // What signed minutes say: so many percent of every section's points.
    Step paper(std::uint32_t percent) const;
    Step decision_signing();
    Step recognition() const;
    Step forwarding() const;
    Step refusal() const;
    Step result(std::uint8_t given) const;
    Step revocation_signing(const std::string& unit, const std::string& certificate);
    Step revocation(const std::string& unit, const std::string& certificate, const std::string& ground = "misuse") const;

    // ---- further along, with no refusal on the way -------------------------------------------------------------------
    ActionId take(const Step& step) {
        How how;
        how.files = step.files;
        return world.effective(step.officer, step.stream, step.body, how);
    }
    domain::Verdict try_it(const Step& step, How how = {}) {
        if (how.files.empty()) how.files = step.files;
        return world.act(step.officer, step.stream, step.body, how);
    }
    void draft(const Bytes& options = five_stars);
    void submit();
    void receive();
    void meet(const Bytes& options);
    void evaluate(const Bytes& options);
    void recognise();

private:
    Step own(domain::Body body) const { return {officer(), product, std::move(body)}; }
    Step by(const std::string& post, domain::Body body) const { return {at_stage(post), product, std::move(body)}; }
    Step registry(const std::string& post, domain::Body body) const { return {at_stage(post), registry_stream, std::move(body)}; }
    domain::Number next(const std::string& called) const;
    std::uint8_t stars() const { return dossier().tally ? dossier().tally->stars : std::uint8_t{0}; }
};

}  // namespace hoso::tests
