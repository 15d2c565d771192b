#include "tests/bench/sittings.hpp"

#include <sodium.h>

#include "shared/base/check.hpp"
#include "shared/domain/tally.hpp"

namespace hoso::bench {
namespace {

constexpr std::size_t dossiers_of_a_meeting = 25;

// As crypto_box_seal closes it, but all sheets of a meeting with one ephemeral key: making the history is not what is measured.
class Envelopes {
public:
    Envelopes(const BoxPrivateKey& ephemeral, const BoxPublicKey& to) : from_(box_public_key(ephemeral)) {
        crypto_generichash_state hash;
        crypto_generichash_init(&hash, nullptr, 0, sizeof nonce_);
        crypto_generichash_update(&hash, from_.bytes.data(), from_.bytes.size());
        crypto_generichash_update(&hash, to.bytes.data(), to.bytes.size());
        crypto_generichash_final(&hash, nonce_, sizeof nonce_);
        CHECK(crypto_box_beforenm(shared_, to.bytes.data(), ephemeral.bytes.data()) == 0);
    }
    Bytes close(ByteSpan plain) const {
        Bytes sealed(plain.size() + crypto_box_SEALBYTES);
        std::copy(from_.bytes.begin(), from_.bytes.end(), sealed.begin());
        CHECK(crypto_box_easy_afternm(sealed.data() + from_.bytes.size(), plain.data(), plain.size(), nonce_, shared_) == 0);
        return sealed;
    }

private:
    BoxPublicKey from_;
    Byte nonce_[crypto_box_NONCEBYTES];
    Byte shared_[crypto_box_BEFORENMBYTES];
};

}  // namespace

Sittings::Place Sittings::place(const Case& of) const {
    const domain::Product& product = *history_.state().product(of.product);
    const domain::Dossier& dossier = *product.dossier(of.dossier);
    const domain::RuleSet& rules = *history_.registry().rules(dossier.rule_set);
    return {rules, product, dossier, rules.stages[dossier.stage]};
}

void Sittings::hold(std::vector<Case>& cases, bool unfinished) {
    for (Case& of : cases) {
        const Place at = place(of);
        if (at.dossier.phase != domain::Phase::submitted || (unfinished && of.goes < 20)) continue;
        if (at.stage.does == domain::Does::external) {
            enter_result(of);
        } else {
            receive(of);
        }
    }
    convene();
    for (std::size_t seat = 0; seat < 5; ++seat) {
        for (Sitting& sitting : sittings_) hand_in(sitting, seat);
    }
    for (Sitting& sitting : sittings_) close(sitting);
    for (Sitting& sitting : sittings_) {
        for (Case* of : sitting.cases) {
            if (!unfinished || of->goes >= 30) count(*of, sitting);
        }
    }
    for (Sitting& sitting : sittings_) decide(sitting);
    for (Sitting& sitting : sittings_) recognise(sitting);
}

void Sittings::receive(Case& of) {
    const Place at = place(of);
    Office& office = province_.office_of(province_.communes[of.commune], at.stage);
    history_.log(office.secretary, of.product, domain::Received{of.dossier, at.dossier.turn, at.stage.key, history_.today()});
    for (const char* text : {"Phù hợp thực tế tại cơ sở", "Hồ sơ đủ, minh chứng khớp với phiếu tự đánh giá"})
        history_.log(office.adviser, of.product, domain::AdvisoryReported{of.dossier, at.stage.key, true, text});
    before_[&office].push_back(&of);
}

void Sittings::enter_result(Case& of) {
    const Place at = place(of);
    const bool given = random_.chance(60);
    const std::string number = std::to_string(history_.state().size);
    history_.log(province_.province.secretary, of.product,
                 domain::ResultEntered{of.dossier, at.stage.key, domain::digest(at.dossier), number + "/QĐ-BNN", history_.today(),
                                       given ? 9'150u : 8'800u, static_cast<std::uint8_t>(given ? 5 : 0),
                                       given ? number + "/GCN-OCOP-TW" : ""});
    const domain::Dossier& dossier = *history_.state().product(of.product)->dossier(of.dossier);
    if (dossier.phase != domain::Phase::tallied) return;  // else the result fell back to the province, which does not use it
    history_.log(province_.province.signer, of.product,
                 domain::Declined{of.dossier, place(of).stage.key, domain::digest(dossier), history_.today(), "Hoàn thiện hồ sơ"});
}

void Sittings::convene() {
    for (auto& [office, cases] : before_) {
        for (std::size_t i = 0; i < cases.size(); ++i) {
            if (i % dossiers_of_a_meeting == 0) sittings_.push_back({office, history_.new_id(), history_.new_box_key(), {}, {}});
            sittings_.back().cases.push_back(cases[i]);
            cases[i]->sheets.clear();
        }
    }
    for (Sitting& sitting : sittings_) {
        domain::MeetingOpened action{
            sitting.meeting, sitting.office->council, history_.today(), box_public_key(sitting.key), {}, {}};
        for (int seat = 0; seat < 2; ++seat)
            action.sealed_keys.push_back({sitting.office->seats[static_cast<std::size_t>(seat)].account, Bytes(80, 0xA5)});
        for (const Case* of : sitting.cases) action.dossiers.push_back({of->product, of->dossier});
        history_.log(sitting.office->seats.front(), registry_stream, std::move(action));
    }
}

void Sittings::hand_in(Sitting& sitting, std::size_t seat) {
    Post& member = sitting.office->seats[seat];
    const Envelopes envelopes(history_.new_box_key(), box_public_key(sitting.key));
    for (Case* of : sitting.cases) {
        if (seat > 2 && random_.chance(10)) continue;  // not everybody is there
        of->sheets.push_back(options(*of));
        const domain::Sheet plain{sitting.meeting, of->product, of->dossier, member.account, of->sheets.back()};
        history_.log(member, of->product,
                     domain::SheetSubmitted{of->dossier, sitting.meeting, envelopes.close(domain::encode(plain))});
    }
}

Bytes Sittings::options(const Case& of) {
    Bytes chosen;
    for (const domain::Criterion& criterion : of.set->criteria) {
        const auto& offered = criterion.options;
        std::size_t best = 0;
        for (std::size_t i = 1; i < offered.size(); ++i) best = offered[i].points >= offered[best].points ? i : best;
        const bool takes_best = random_.below(100) < of.skill;
        chosen.push_back(static_cast<Byte>(1 + (takes_best ? best : random_.below(offered.size()))));
    }
    return chosen;
}

void Sittings::close(Sitting& sitting) {
    domain::MeetingClosed action{sitting.meeting, sitting.key, {}};
    for (const Case* of : sitting.cases) {
        for (const auto& [author, sheet] : place(*of).dossier.sheets.at(sitting.meeting)) action.sheets.push_back(sheet.action);
    }
    history_.log(sitting.office->seats.front(), registry_stream, std::move(action));
}

void Sittings::count(Case& of, const Sitting& sitting) {
    const Place at = place(of);
    const domain::Grade grade = domain::grade(at.rules, *of.set, of.sheets);
    history_.log(sitting.office->seats[1], of.product,
                 domain::Tallied{of.dossier,
                                 sitting.meeting,
                                 at.stage.key,
                                 domain::digest(at.dossier),
                                 grade.sheets,
                                 {grade.sums.begin(), grade.sums.end()},
                                 grade.stars});
}

// Recognised here, let go to the next stage or declined.
void Sittings::decide(Sitting& sitting) {
    Office& office = *sitting.office;
    sitting.decision = {
        history_.new_id(), domain::DecisionKind::recognition, office.unit, office.stage, office.decision, history_.today(), {}, {}};
    for (Case* of : sitting.cases) {
        const Place at = place(*of);
        if (at.dossier.phase != domain::Phase::tallied) continue;
        const Hash digest = domain::digest(at.dossier);
        const auto& tally = *at.dossier.tally;
        if (at.stage.decides_stars(tally.stars)) {
            sitting.decision.lines.push_back({of->product, of->dossier, tally.stars, office.certificate, ""});
            ++office.certificate.value;
        } else if (tally.stars > 3 && tally.sum() >= domain::PointsSum{at.stage.forwards_from} * tally.sheets) {
            history_.log(office.secretary, of->product,
                         domain::Forwarded{of->dossier, at.dossier.turn, at.stage.key, digest, history_.today()});
        } else {
            history_.log(office.signer, of->product,
                         domain::Declined{of->dossier, at.stage.key, digest, history_.today(), "Bổ sung phiếu kiểm nghiệm"});
        }
    }
    if (sitting.decision.lines.empty()) return;
    ++office.decision.value;
    history_.log(office.signer, registry_stream, sitting.decision);
}

void Sittings::recognise(Sitting& sitting) {
    for (const domain::DecisionLine& line : sitting.decision.lines) {
        const domain::Dossier& dossier = *history_.state().product(line.product)->dossier(line.dossier);
        history_.log(sitting.office->signer, line.product,
                     domain::Recognised{line.dossier, sitting.decision.decision, domain::digest(dossier), line.stars,
                                        line.certificate, history_.today()});
    }
}

}  // namespace hoso::bench
