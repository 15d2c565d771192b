#include "client/cli/import_cells.hpp"
#include "client/cli/import_plan.hpp"
#include "client/text/unicode.hpp"
#include "client/views/parts.hpp"

// Rows of certificates: what they are matched with, and what of them this log can say.
namespace hoso::client::cli {

Result<Plan> ImportPlanner::plan_certificate(const ImportRow& row) const {
    auto action = certificate_of(row);
    if (!action) return action.error();
    const auto revoked = row.has(Field::revoked) ? revoked_from_cell(row[Field::revoked]) : std::optional{false};
    if (!revoked) {
        return row.wrong(Field::revoked,
                         row[Field::revoked] + say(": ghi có hoặc không; cũng nhận: đã thu hồi, thu hồi ngày 1/2/2022, "
                                                   "còn hiệu lực",
                                                   ": write yes or no; also understood: revoked, not revoked"));
    }
    if (*revoked) return plan_revoked(row, *action);
    auto plan = plan_product(row, action->issued, action->certificate);
    if (!plan) return plan;
    const KnownProduct* product = plan->new_product ? nullptr : known_.product(plan->product);
    const auto held = product ? product->certificates.find(name_key(action->certificate)) : decltype(product->certificates.end()){};
    if (product && held != product->certificates.end()) {
        add_remark(*plan, same_as(held->second.row));
        const auto done = plan_answer(row, action->certificate, &held->second, *plan);
        return done ? plan : done.error();
    }
    for (const auto& [field, written] : {std::pair{Field::decision, !action->decision_number.empty()},
                                         std::pair{Field::decision_date, action->decision_date != Date{}},
                                         std::pair{Field::rule_set, !action->rule_set.empty()}}) {
        if (!written) {
            return row.wrong(field, say("chưa ghi; ghi vào cột này, hoặc cho cả tệp bằng --decision, --date, --ruleset",
                                        "nothing is written there; write it in this column, or for the whole file with --decision, "
                                        "--date, --ruleset"));
        }
    }
    const Date last = domain::last_day_of(registry_, *action);
    const auto said = date_from_cell(row[Field::last_day]);
    if (said && *said != last) {
        add_remark(*plan, say("tệp ghi hết hạn ", "the file says its last day is ") + to_text(*said) +
                              say(", ở đây là ", ", here it is ") + to_text(last));
    }
    if (const auto done = plan_answer(row, action->certificate, nullptr, *plan); !done) return done.error();
    plan->new_certificate = std::move(*action);
    return plan;
}

// A revocation rests on a decision of this log, which a list from before it does not bring: such a certificate is left out, with
// its product, and the report says so. Never is it entered as a good one.
Result<Plan> ImportPlanner::plan_revoked(const ImportRow& row, const domain::LegacyRecognised& certificate) const {
    Plan plan;
    const auto unit = unit_of(row, certificate.issued);
    for (const KnownProduct* holder : known_.holders(certificate.certificate)) {
        if (!unit || units_.current(holder->unit, today_) != units_.current(*unit, today_)) continue;
        const KnownCertificate& held = holder->certificates.at(name_key(certificate.certificate));
        plan.subject = holder->subject;
        plan.product = holder->id;
        plan.remark = same_as(held.row);
        if (!held.revoked) {
            add_remark(plan, say("tệp ghi đã thu hồi, ở đây giấy còn giá trị: thu hồi bằng hoso cert revoke",
                                 "the file says that it is revoked, here it is good: revoke it with hoso cert revoke"));
        }
        return plan;
    }
    plan.skipped = true;
    plan.remark = say("đã thu hồi: không nhập", "revoked: it is left out");
    return plan;
}

// A list does not say on which day a subject answered: the day of the import stands for it. An answer that is here stays.
Result<void> ImportPlanner::plan_answer(const ImportRow& row, const std::string& certificate, const KnownCertificate* known,
                                        Plan& plan) const {
    if (!row.has(Field::renews)) return {};
    const auto renews = yes_no_from_cell(row[Field::renews]);
    if (!renews) {
        return row.wrong(Field::renews, row[Field::renews] + say(": ghi có hoặc không, hoặc để trống khi chưa trả lời",
                                                                 ": write yes or no, or nothing where there is no answer"));
    }
    if (known && known->revoked) return {};
    if (!known || !known->renews) {
        plan.new_answer = domain::RenewalAnswered{certificate, *renews, today_};
    } else if (*known->renews != *renews) {
        add_remark(plan, say("ở đây đã ghi câu trả lời khác về đăng ký lại", "another answer on renewal is recorded here"));
    }
    return {};
}

// Null for a number that nobody has. A certificate that a product has already is not given to another one.
Result<const KnownProduct*> ImportPlanner::holder_of(const ImportRow& row, const UnitId& unit, const Owner& owner,
                                                     const std::string& certificate) const {
    const KnownProduct* none = nullptr;
    const auto holders = known_.holders(certificate);
    for (const KnownProduct* each : holders) {
        const bool here = units_.current(each->unit, today_) == units_.current(unit, today_);
        const bool its = !owner.named || (owner.known && each->subject == owner.known->id);
        const bool of_file = each->certificates.at(name_key(certificate)).row > 0;
        if (here && its && (each->is_called(row[Field::name]) || !of_file)) return each;
    }
    if (holders.empty()) return none;
    const KnownProduct& other = *holders.front();
    const KnownSubject* subject = known_.subject(other.subject);
    return Error{Errc::conflict, called(language_, kind_, Field::certificate) + ": " + certificate +
                                     say(" đã là của sản phẩm khác: ", " is that of another product: ") + other.name + ", " +
                                     (subject ? described(*subject) : views::unit_path(registry_, other.unit))};
}

// As far as it is written; what is needed for a new one only may be missing.
Result<domain::LegacyRecognised> ImportPlanner::certificate_of(const ImportRow& row) const {
    const auto certificate = row.need(Field::certificate);
    if (!certificate) return certificate.error();
    const auto issued = row.need_date(Field::issued);
    if (!issued) return issued.error();
    const auto decided = row.date(Field::decision_date);
    if (!decided) return decided.error();
    const auto written = row.need(Field::stars);
    if (!written) return written.error();
    const auto stars = stars_from_cell(*written);
    if (!stars) return row.wrong(Field::stars, *written + say(": ghi số từ 1 đến 5", ": write a number from 1 to 5"));
    return domain::LegacyRecognised{row.has(Field::decision) ? row[Field::decision] : defaults_.decision,
                                    row.has(Field::decision_date) ? *decided : defaults_.decision_date,
                                    *certificate,
                                    *stars,
                                    *issued,
                                    row.has(Field::rule_set) ? row[Field::rule_set] : defaults_.rule_set};
}

}  // namespace hoso::client::cli
