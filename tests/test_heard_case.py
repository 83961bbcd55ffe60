"""What free text may claim of one case, and what it may not: twins that differ in what makes them false."""

from __future__ import annotations

import functools
import json
from pathlib import Path

import pytest

from assistant.narration.heard.hearing import Hearing

RECORDS = Path(__file__).parent / "paraphrases" / "records.jsonl"

TRUE = """
why-1 | Debt was the main reason, and it lowered the score by 14 percentage points.
why-1 | Debt and missed payments counted against you, while income and the loan amount helped.
why-1 | Your income worked in your favour, and so did the loan amount.
why-1 | Income helped, but debt weighed more.
why-1 | Debt and missed payments together took 23 points off the score.
why-1 | Your existing debt of 18,000 EUR, which is above the reference of 9,000 EUR, counted against you.
why-1 | Renting counted slightly against you.
why-1 | The two main reasons were debt and missed payments.
why-1 | The loan amount helped, unlike debt.
why-1 | Of the reasons listed, only income and loan amount worked in your favour.
why-1 | Three of the six listed reasons counted against you.
why-1 | Income could not make up for debt.
why-1 | Your income did not count against you.
why-1 | The application was declined mainly because of debt.
why-1 | Existing debt is part of debt.
why-1 | Your existing debt is twice the reference value.
why-1 | Your income of EUR 41,000 a year, EUR 5,000 above the reference, helped.
why-1 | Debt weighed almost three times as much as income.
why-1 | Age had no clear effect.
why-1 | Missed payments came second.
why-1 | What counted against you was debt.
why-1 | Debt counted against you and lowered the score.
why-1 | The score was raised by income and lowered by debt.
why-2 | Age is marked as a sensitive input.
why-2 | Your age had the most weight, and it worked against you.
why-3 | Triglycerides and average blood pressure weighed about equally.
why-3 | Body mass index pushed the score up by 28.4 points.
why-3 | Sex helped, but only a little.
why-3 | Body mass index was by far the strongest reason.
why-3 | Body mass index weighs exactly twice as much as triglycerides.
why_not-3 | The floor area added EUR 41,000 to the price, and the rooms took EUR 9,000 off.
predict-4 | Neither debt nor income had a clear direction here.
predict-4 | None of the six reasons listed points clearly one way or the other.
for_and_against-4 | Petal length was by far the best argument for versicolor.
for_and_against-4 | Petal length counted for versicolor, whereas petal width counted against it.
why-1 | The application was declined, with a score of 0.41 against a cut-off of 0.5.
why-1 | The score fell nine percentage points short of the cut-off of 50 %.
why-1 | The application narrowly missed the cut-off.
why-1 | From a starting point of 62 percent, the score slid to 41, landing below the cut-off of 50.
why-1 | The model gave approval a chance of 41 %, against 59 % for refusal.
why-1 | Of the two outcomes, refusal was the likelier.
why-1 | The score is just over 41 %.
why-1 | It was the score that decided, not a rule.
why-1 | The chance of approval ended up 21 points below the starting point.
why-2 | A fixed rule led to the refusal, although the score was above the cut-off.
why-2 | The rule overrode the score.
why-2 | By its score alone, the application would have been approved.
why-3 | The 90 % interval runs from 112 to 300.
why-3 | The estimate started at 150.2.
for_and_against-4 | Versicolor won by nine points, with setosa as the runner-up.
for_and_against-4 | Versicolor came out at 54 %, against 45 % for setosa.
confidence-1 | The score is calibrated, and the model's probabilities were off by about three points on 1,200 cases.
confidence-1 | There is nothing unusual about the application.
confidence-1 | The chance of approval is medium.
confidence-2 | The sample is unusual, notably in its worst area.
confidence-2 | The score for benign is well below the cut-off.
confidence-3 | The house was valued at about EUR 312,000.
confidence-3 | The standard error of the floor area is EUR 5,125.
what_if-1 | If your existing debt were 12,000 EUR instead of 18,000 EUR, the application would be approved.
what_if-1 | Lowering existing debt to 12,000 EUR would raise the chance of approval from 41 % to 55 %.
what_if-1 | With EUR 6,000 less in existing debt, the refusal would turn into an approval.
what_if-1 | A cut in existing debt by a third would help you.
what_if-1 | The chance of refusal would fall from 59 % to 45 %.
what_if-1 | That change would lift the score by 14 points, enough to carry it past the cut-off.
what_if-1 | The debt-to-income ratio would fall along with your existing debt, from 43.9 to 31 percent.
what_if-1 | Few training rows lie near the new value of existing debt.
what_if-2 | If your income fell from EUR 41,000 to EUR 20,000 a year, a rule would apply.
what_if-2 | The score's level would drop from medium to low.
what_if-3 | Without the mean radius, the score for benign would fall from 0.78 to 0.4.
what_if-3 | If the mean radius were unknown, the outcome would change from benign to malignant.
why-1 | Debt counted against you, so the application was declined.
why-1 | The application was declined because debt counted against you.
why-1 | Although income helped, debt weighed more.
why-1 | Debt was the chief reason, followed by missed payments.
why-1 | Debt counted against you, lowering the score by 14 points.
why-1 | Income helped, adding five points.
why-1 | Debt outweighed income, which added five points.
why-1 | It was debt that counted against you.
why-1 | Three further reasons together lower the score by about one point.
why-1 | What spoke against you outweighed what spoke for you.
why_not-3 | Nothing beyond floor area and rooms enters into the estimate.
why_not-3 | The price would have been higher but for the rooms.
why-1 | At 54, the applicant is older than the reference age of 41.
why-1 | The applicant is 13 years older than the reference.
why-2 | Age, an input flagged as sensitive, counted against you.
why-1 | Three missed payments within two years counted against you.
why-1 | On the plus side stand income and the loan amount.
why-1 | The model gave age no clear direction.
why-1 | Renting, where the reference is owning, counted against you.
why-4 | The case scored 0.71, clearing the bar by 21 points.
why-4 | X pushed the score up, and y pushed it down.
predict-2 | The worst area leans towards benign.
why-3 | With an HDL cholesterol of 38 mg/dl the patient picks up another five and a half points.
why-3 | The only listed factor counting in the patient's favour is sex.
why-1 | Income helped and was higher than the reference value.
why-1 | Your debt made refusal more likely, and so did the missed payments.
why-1 | Debt counted for refusal, and income counted against it.
why-1 | Half of the six listed reasons counted against you.
what_if-1 | Lowering existing debt to 12,000 EUR would leave the score five points above the cut-off.
why-1 | The model estimated your chance of approval at 41 %, below the 50 % cut-off.
why-1 | Your application was declined with an estimated approval chance of 41 %.
why-1 | The biggest factor was your debt, which lowered your score by 14 percentage points.
why-1 | Your debt had the largest impact, reducing the approval score by 14 percentage points.
why-1 | Your three missed payments in the last 24 months also counted against you, lowering the score by 9 points.
why-1 | On the positive side, your income of 41,000 EUR per year increased the score by 5 points.
why-1 | Your income and the loan amount worked in your favour, but not enough to outweigh your debt.
why-1 | The decision was close: the score was only 9 points below the cut-off.
why-1 | Your existing debt of 18,000 EUR is twice as high as the reference value of 9,000 EUR.
why-1 | Your existing debt is double the typical amount of 9,000 EUR.
why-1 | Compared with all applications, your existing debt is high.
why-1 | You have more existing debt than usual.
why-1 | The main reasons for the decision were your debt and your missed payments.
why-1 | The main reason your application was declined is your debt.
why-1 | The strongest factor in your favour was your income.
why-1 | The fact that you rent counted slightly against you.
why-1 | Your age did not have a clear influence on the result.
why-1 | Age played no role.
why-1 | The largest negative contribution came from debt.
why-1 | The second biggest reason was the number of missed payments.
why-1 | Debt contributed -14 percentage points.
why-1 | Debt reduced the chance of approval by 14 percentage points, and missed payments reduced it by 9 points.
why-1 | Your relatively small loan amount of 5,000 EUR helped slightly.
why-1 | The model predicts a 41 % probability of approval.
why-1 | The model predicted that the application would be declined.
why-1 | The application was not approved.
why-1 | Approval would have required at least 50 %.
why-1 | The score of 41 % lies below the cut-off of 50 %.
why-1 | At 41 %, the score is below the cut-off of 50 %.
why-1 | Your chance of approval is 41 %, which is 9 points below the cut-off.
why-1 | Debt, missed payments and housing lowered the score, while income and loan amount raised it.
why-1 | The negative factors outweighed the positive ones.
why-1 | Your score dropped from a starting point of 62 % to 41 %.
why-1 | Your missed payments mattered less than your debt but more than your income.
why-1 | Your income was a positive factor.
why-1 | Debt was a strong negative factor.
why-1 | Your income had a positive effect on the score.
why-1 | Missed payments had a negative influence of 9 points.
why-1 | Your debt strongly reduced the chance of approval.
why-1 | Credit card utilisation is part of debt.
why-1 | Debt combines existing debt and credit card utilisation.
why-1 | Within debt, existing debt weighed more than credit card utilisation.
why-2 | The application was declined because a fixed rule applies.
why-2 | The score alone would have led to approval.
why-2 | Although the score of 61 % was above the cut-off of 50 %, the application was declined because of a rule.
why-2 | The decision was made by a rule: We do not lend where existing debt is more than 60 % of yearly income.
why-2 | The rule, not the score, was decisive.
why-3 | The model predicts a disease progression score of about 206.
why-3 | The patient's predicted disease progression score is 206.
why-3 | The body mass index of 32.1 kg/m² raised the predicted score by about 28 points.
why-3 | The body mass index is higher than the reference value of 25.7.
why-3 | HDL cholesterol is lower than usual, which raised the score.
why-3 | The prediction is 56 points above the starting point.
why-4 | The model predicts that the case stays.
why-4 | X raised the score by 0.4, and y lowered it by 0.1.
why-4 | The case stays, with a score of 0.71.
predict-2 | The model classifies the sample as malignant.
predict-2 | The sample is predicted to be malignant with a probability of 97 %.
predict-2 | The probability of malignant is 96.9 %.
predict-3 | The predicted price is 312,457 EUR.
predict-3 | The model estimates a price of about 312,000 EUR.
predict-3 | The floor area increased the price by 41,000 EUR, whereas the number of rooms reduced it by 9,000 EUR.
predict-3 | The price is 32,000 EUR above the starting point of 280,457 EUR.
for_and_against-4 | The flower is most likely versicolor.
for_and_against-4 | Versicolor is the most likely outcome with 54 %, followed by setosa with 45 %.
for_and_against-4 | The runner-up is setosa at 45 %.
for_and_against-4 | The petal length of 4.9 cm strongly supported versicolor.
for_and_against-4 | Petal width spoke against versicolor.
confidence-1 | The result is close to the cut-off.
confidence-1 | The application is similar to the data the model was trained on.
confidence-1 | The calibration error is about 3 percentage points.
confidence-2 | The result is clear, but the sample is unusual.
confidence-2 | The sample is unusual because of its worst area and area error.
what_if-1 | The result would change from declined to approved.
what_if-1 | With an existing debt of 12,000 EUR, the model would approve the application.
what_if-1 | Your application would then be approved.
what_if-1 | The debt-to-income ratio would also fall, from 43.9 % to 31 %.
what_if-1 | The new score would be above the cut-off of 50 %.
what_if-1 | The score would be 55 %.
what_if-1 | There are few comparable cases near the new value of existing debt.
what_if-2 | With an income of 20,000 EUR per year, the chance of approval would fall from 52 % to 31 %.
what_if-2 | If your income dropped to 20,000 EUR, the application would be declined.
what_if-3 | Without the mean radius, the model would predict malignant instead of benign.
what_if-3 | The score would drop to 0.4, below the cut-off of 0.5.
why_not-1 | The application was not approved because of debt and missed payments.
why_not-1 | What stood in the way of approval was mainly debt.
why_not-1 | To be approved, the score would have had to be 9 points higher.
why_not-2 | The chance of benign is only 3 %.
for_and_against-1 | In favour of approval: income and loan amount.
for_and_against-1 | Against approval: debt, missed payments and housing situation.
for_and_against-1 | Income was the strongest argument for approval.
for_and_against-3 | The body mass index, triglycerides, blood pressure and HDL cholesterol raised the score.
what_if-1 | With that change, the application would be approved, with a score of 0.55.
what_if-1 | With that change, the score would be 55 %, above the cut-off.
why-1 | Income was outweighed by debt, which lowered the score.
why-1 | You rent.
why-1 | Your score came out nine percentage points below what was needed.
why-1 | Your debt pulled the score down the most.
why-1 | Debt had the biggest effect on the result.
why-1 | The most important reason was debt, followed by missed payments.
why-1 | The most important reasons against you were debt and missed payments.
why-1 | The reasons against you were debt, missed payments and your housing situation.
why-1 | Debt is the reason that weighs most against you.
why-1 | Among the reasons against approval, debt was the strongest.
why-1 | Debt, missed payments and renting spoke against approval.
why-1 | Speaking against approval were debt and missed payments.
why-1 | Your missed payments had a medium effect.
why-1 | Your income gave you a moderate boost.
why-1 | Your income moderately raised the score.
why-1 | The loan amount had only a small positive effect.
why-1 | Your housing situation had a small negative effect.
why-1 | You have an income of 41,000 EUR a year.
why-1 | Your income is 5,000 EUR above the reference value.
why-1 | Your existing debt is 9,000 EUR higher than usual.
why-1 | Your loan amount is lower than that of the reference group.
why-1 | The typical income is 36,000 EUR a year.
why-1 | The combined effect of debt and missed payments was 23 points.
why-1 | Together, debt and missed payments lowered the score by 23 percentage points.
why-1 | In total, your income and loan amount raised the score by 6.5 points.
why-1 | The remaining three reasons lowered the score by about one point.
why-1 | The result was close.
why-1 | The application came close to approval.
why-1 | It missed the cut-off by about nine points.
why-1 | Without debt, the score would have been higher.
why-2 | The application was declined by a fixed rule.
why-2 | A fixed rule decided this case.
why-2 | The outcome was determined by a rule and not by the score.
why-2 | The score favoured approval, but the rule required a refusal.
why-2 | Age was the strongest factor in the score.
why-2 | The score of 61 % would have been enough for approval.
why-3 | The model predicts 206 for this patient.
why-3 | The most important factor was the body mass index, which raised the score by 28.4 points.
why-3 | Being female lowered the score by about 3 points.
why-3 | Age had no clear effect on the prediction.
why-3 | Triglycerides and average blood pressure each raised the score by about 14 points.
why-3 | Most of the listed reasons raised the score.
why-3 | The 90 % interval is 112 to 300.
why-4 | The score is not calibrated.
why-4 | X was four times as important as y.
why-4 | The score of 0.71 is above the cut-off of 0.5.
predict-1 | The model says declined.
predict-1 | The chance of approval is estimated at 41 percent and that of refusal at 59 percent.
predict-2 | There is a 97 % chance that the sample is malignant.
predict-2 | The probability that the sample is benign is only 3 %.
predict-2 | The two strongest reasons were the size of the largest nuclei and the worst concave points.
predict-2 | Both the size of the largest nuclei and the worst concave points counted strongly against benign.
predict-2 | Mean texture slightly favoured benign.
predict-2 | Mean symmetry and mean smoothness weighed about the same.
predict-3 | The estimated price of the house is about 312,000 EUR.
predict-3 | The price estimate is 312,457 EUR.
predict-3 | The house has three rooms, one fewer than the reference value of 4.
predict-3 | The floor area of 80 m² is 20 m² below the reference value.
predict-3 | The floor area raised the price by 41,000 EUR.
predict-3 | The model started at about 280,000 EUR and arrived at about 312,000 EUR.
predict-4 | The direction of debt is not clear.
for_and_against-4 | Setosa came second with 45 %.
for_and_against-4 | The gap between versicolor and setosa is nine points.
for_and_against-4 | Versicolor beat setosa by nine percentage points.
for_and_against-4 | The result was close between versicolor and setosa.
confidence-1 | The score is 8.6 points away from the cut-off.
confidence-1 | This is a close call.
confidence-1 | The application is not unusual.
confidence-2 | The sample differs from the training data in its worst area and area error.
confidence-3 | The house is unusual compared with the training data.
confidence-4 | The directions of the reasons are not settled.
what_if-1 | If existing debt fell to 12,000 EUR, the score would rise by 14 points to 55 %.
what_if-1 | If your existing debt were only 12,000 EUR, the chance of approval would be 55 %.
what_if-1 | If you had 12,000 EUR of existing debt instead of 18,000 EUR, you would be approved.
what_if-1 | At 12,000 EUR of existing debt, the application would be approved.
what_if-1 | This would be enough for approval.
what_if-1 | The chance of approval would increase to 55 %, and the outcome would change to approved.
what_if-1 | A lower existing debt would increase your chance of approval.
what_if-1 | Lowering existing debt by 6,000 EUR would raise the score to 55 %.
what_if-2 | If income fell to 20,000 EUR, a fixed rule would decline the application.
what_if-2 | The lower income would turn an approval into a refusal.
what_if-2 | Halving your income would lower the chance of approval to 31 %.
what_if-3 | The outcome would flip to malignant if the mean radius were missing.
what_if-3 | If the mean radius were not known, the benign score would fall by 38 points.
why_not-1 | The application was not approved because its score was below the cut-off.
why_not-1 | Approval failed because of debt.
why_not-1 | The application would have needed another nine points.
why_not-2 | The sample was not classified as benign because its score for benign was only 3 %.
for_and_against-1 | In your favour: income and loan amount; against you: debt, missed payments and housing.
for_and_against-1 | Arguments for approval were income and loan amount.
for_and_against-1 | The arguments against approval were debt, missed payments and housing.
for_and_against-1 | Overall, the reasons against you weighed more than those for you.
for_and_against-3 | Sex was the only listed factor that lowered the score.
why-1 | Your high existing debt counted against you.
why-1 | At 54, the applicant is older than the reference figure of 41, yet the model gave this no clear direction.
why-1 | Income could not offset the heavyweights on the other side.
why-1 | The pull of your debt is put at fourteen points, give or take just under two as its standard error.
for_and_against-4 | Versicolor won by a nose, its 54 percent only nine points ahead of setosa.
"""

FALSE = """
why-1 | Debt was the main reason, and it raised the score by 14 percentage points.
why-1 | Debt was the main reason, and it lowered the score by 9 percentage points.
why-1 | Income was the main reason, and it counted for you.
why-1 | Debt and income counted against you.
why-1 | Your debt worked in your favour, and so did the loan amount.
why-1 | Your income worked in your favour, and so did the missed payments.
why-1 | Debt hurt, but income weighed more.
why-1 | Debt and missed payments each took 23 points off the score.
why-1 | Debt and missed payments together took 14 points off the score.
why-1 | Debt and missed payments lowered the score by 14 points.
why-1 | Your existing debt of 18,000 EUR, which is below the reference of 9,000 EUR, counted against you.
why-1 | Your existing debt of 18,000 EUR, which is above the reference of 12,000 EUR, counted against you.
why-1 | Your existing debt of 18,000 dollars counted against you.
why-1 | Owning counted slightly against you.
why-1 | Renting counted strongly against you.
why-1 | Renting counted slightly for you.
why-1 | The two main reasons were debt and income.
why-1 | The three main reasons were debt and missed payments.
why-1 | The loan amount helped, unlike income.
why-1 | Of the reasons listed, only income worked in your favour.
why-1 | Only income and loan amount worked in your favour.
why-1 | Four of the six listed reasons counted against you.
why-1 | Three of the five listed reasons counted against you.
why-1 | All of the listed reasons counted against you.
why-1 | Every reason counted against you.
why-1 | Most of the listed reasons counted in your favour.
why-1 | Income made up for debt.
why-1 | Income outweighed debt.
why-1 | Debt could not make up for income.
why-1 | Your income did not help you.
why-1 | Your debt did not count against you.
why-1 | The application was declined mainly because of missed payments.
why-1 | The application was declined because of income.
why-1 | The application was approved because of income.
why-1 | Income is part of debt.
why-1 | Your existing debt is three times the reference value.
why-1 | Your existing debt is half the reference value.
why-1 | Your existing debt is more than twice the reference value.
why-1 | Your income of EUR 41,000 a year, EUR 6,000 above the reference, helped.
why-1 | Your income of EUR 41,000 a year, EUR 5,000 below the reference, helped.
why-1 | Your income of EUR 41,000 a month helped.
why-1 | Debt weighed almost twice as much as income.
why-1 | Debt weighed more than three times as much as income.
why-1 | Age had a clear effect.
why-1 | Age counted against you.
why-1 | Missed payments came first.
why-1 | Missed payments came third.
why-1 | What counted against you was income.
why-1 | Income counted for you and lowered the score.
why-1 | The score was raised by debt and lowered by income.
why-1 | Debt was by far the smallest reason.
why-1 | Debt is marked as a sensitive input.
why-1 | Debt never counts against anyone.
why-1 | Debt certainly counts against you in the real world.
why-1 | Perhaps debt counted for you.
why-1 | You should pay back your debt.
why-1 | Paying back your debt will get you approved.
why-1 | Debt counted against you, so income counted against you too.
why-1 | It counted against you.
why-1 | Debt outweighed income, and both counted against you.
why-1 | Both debt, income and housing counted against you.
why-1 | Your debt is higher than the reference income of 36,000 EUR.
why-1 | Your income is higher than that of all patients.
why-1 | Your income is just over 42,000 EUR.
why-1 | Your income is just under 41,000 EUR.
why-1 | Your income is just over 41,000 EUR a year.
why-1 | Your low income counted for you.
why-1 | Your small debt counted against you.
why-1 | Debt made approval more likely.
why-1 | Debt made refusal less likely.
why-1 | Income raised the chance of being declined.
why-1 | Debt lowered the score for declined.
why-1 | Credit card utilisation was the main reason.
why-1 | Your employer counted against you.
why-2 | Income is marked as a sensitive input.
why-2 | The application was declined because of age.
why-2 | Your age had the most weight, and it worked for you.
why-3 | Triglycerides and body mass index weighed about equally.
why-3 | Body mass index pushed the score down by 28.4 points.
why-3 | Body mass index pushed the score up by 28.4 percentage points.
why-3 | Body mass index pushed the score up by 14.2 points.
why-3 | Sex helped, and its effect was large.
why-3 | Triglycerides were by far the strongest reason.
why-3 | Body mass index weighs exactly three times as much as triglycerides.
why-3 | Triglycerides weighed more than average blood pressure.
why_not-3 | The floor area took EUR 41,000 off the price, and the rooms added EUR 9,000.
why_not-3 | The floor area added EUR 9,000 to the price.
why_not-3 | The floor area added USD 41,000 to the price.
predict-4 | Debt had a clear direction here.
predict-4 | None of the five reasons listed points clearly one way or the other.
for_and_against-1 | Neither debt nor income had a clear direction here.
for_and_against-4 | Petal width was by far the best argument for versicolor.
for_and_against-4 | Petal length counted against versicolor.
for_and_against-4 | Petal length counted for setosa.
why-1 | The application was approved, with a score of 0.41 against a cut-off of 0.5.
why-1 | The application was declined, with a score of 0.51 against a cut-off of 0.5.
why-1 | The application was declined, with a score of 0.41 against a cut-off of 0.6.
why-1 | The application was declined, with a score of 0.59.
why-1 | The score fell nine percentage points below the starting point.
why-1 | The score fell five percentage points short of the cut-off of 50 %.
why-1 | The score was nine percentage points above the cut-off of 50 %.
why-1 | The application narrowly cleared the cut-off.
why-1 | The application fell well short of the cut-off.
why-1 | From a starting point of 62 percent, the score climbed to 41.
why-1 | From a starting point of 41 percent, the score climbed to 62.
why-1 | From a starting point of 62 percent, the score slid to 41, landing above the cut-off of 50.
why-1 | The model gave approval a chance of 59 %, against 41 % for refusal.
why-1 | The model gave approval a chance of 41 %, against 41 % for refusal.
why-1 | Of the two outcomes, approval was the likelier.
why-1 | Of the three outcomes, refusal was the likeliest.
why-1 | The score is just under 41 %.
why-1 | The score is just over 42 %.
why-1 | The score is more than 42 %.
why-1 | The score is 41 EUR.
why-1 | It was a rule that decided, not the score.
why-1 | The application was declined by a rule.
why-1 | A rule overrode the score.
why-1 | The chance of approval ended up 21 points above the starting point.
why-1 | The chance of refusal is medium.
why-1 | The chance of refusal is 41 %.
why-1 | The score for approved is higher than the score for declined.
why-1 | Debt counted against you, at 41 %.
why-1 | The application will be approved next time.
why-1 | The application was certainly declined for good reasons.
why-1 | The application was declined and approved.
why-1 | The application was declined or approved.
why-1 | The application was not declined.
why-1 | The score is not calibrated.
why-2 | It was the score that decided, not a rule.
why-2 | A fixed rule led to the approval.
why-2 | The rule and the score agreed.
why-2 | By its score alone, the application would have been declined.
why-2 | The score was below the cut-off.
why-2 | The chance of approval is 61 %, just above the starting point of 62 %.
why-2 | The chance of approval is 61 %, well under the starting point of 62 %.
why-3 | The 95 % interval runs from 112 to 300.
why-3 | The 90 % interval runs from 112 to 250.
why-3 | The estimate started at 206.
why-3 | The estimate is about 206 EUR.
why-3 | The estimate is about 180.
for_and_against-4 | Versicolor won by nineteen points, with setosa as the runner-up.
for_and_against-4 | Setosa won by nine points.
for_and_against-4 | Versicolor won, with "not sure" as the runner-up.
for_and_against-4 | Versicolor came out at 45 %, against 54 % for setosa.
for_and_against-4 | It was a clear result.
confidence-1 | The model's probabilities were off by about thirteen percentage points on 1,200 cases.
confidence-1 | The model's probabilities were off by about three percentage points on 12,000 cases.
confidence-1 | The application is unusual.
confidence-1 | The chance of approval is high.
confidence-1 | The reasons are not firm.
confidence-2 | Three measurements are unusual: worst area and area error.
confidence-2 | One measurement is unusual: worst area.
confidence-2 | Two measurements are unusual: worst area and mean texture.
confidence-2 | The sample is unusual, notably in its mean texture.
confidence-2 | The score for benign is just below the cut-off.
confidence-2 | The score for benign is well above the cut-off.
confidence-2 | No particular feature is listed as unusual.
confidence-2 | It was a close call.
confidence-3 | The house was valued at about EUR 372,000.
confidence-3 | The house was valued at about USD 312,000.
confidence-3 | The house is not unusual.
confidence-3 | The standard error of the floor area is EUR 1,125.
what_if-1 | If your existing debt were 12,000 EUR instead of 18,000 EUR, the application would be declined.
what_if-1 | If your existing debt were 13,000 EUR instead of 18,000 EUR, the application would be approved.
what_if-1 | If your existing debt were 12,000 EUR instead of 19,000 EUR, the application would be approved.
what_if-1 | If your income were 12,000 EUR, the application would be approved.
what_if-1 | If your existing debt were 12,000 EUR, the application would still be declined.
what_if-1 | If your existing debt were 12,000 EUR, the application will be approved.
what_if-1 | If you pay back 6,000 EUR, you will be approved.
what_if-1 | Raising existing debt to 12,000 EUR would raise the chance of approval from 41 % to 55 %.
what_if-1 | Lowering existing debt to 12,000 EUR would lower the chance of approval from 41 % to 55 %.
what_if-1 | Lowering existing debt to 12,000 EUR would raise the chance of approval from 55 % to 41 %.
what_if-1 | Lowering existing debt to 12,000 EUR would raise the chance of refusal from 41 % to 55 %.
what_if-1 | Lowering existing debt to 12,000 EUR would raise the chance of approval to 65 %.
what_if-1 | With EUR 5,000 less in existing debt, the refusal would turn into an approval.
what_if-1 | With EUR 6,000 more in existing debt, the refusal would turn into an approval.
what_if-1 | With EUR 6,000 less in existing debt, the approval would turn into a refusal.
what_if-1 | A cut in existing debt by half would help you.
what_if-1 | A cut in existing debt by a third would hurt you.
what_if-1 | The chance of refusal would rise from 41 % to 55 %.
what_if-1 | That change would lift the score by 24 points.
what_if-1 | That change would lower the score by 14 points.
what_if-1 | That change would lift the score by 14 points, enough to carry it past the cut-off of 60 percent.
what_if-1 | The outcome would stay the same.
what_if-1 | That change would not move the score.
what_if-1 | The score's level would rise from medium to high.
what_if-1 | The debt-to-income ratio would rise along with your existing debt.
what_if-1 | The debt-to-income ratio would fall along with your existing debt, from 43.9 to 21 percent.
what_if-1 | The debt-to-income ratio would fall along with your income.
what_if-1 | Existing debt would fall along with your debt-to-income ratio.
what_if-1 | Few training rows lie near the new value of the debt-to-income ratio.
what_if-1 | A rule would decide.
what_if-1 | Existing debt was not changed in this what-if.
what_if-1 | Two years after that change, the application would be approved.
what_if-1 | That change would make the bank trust you.
what_if-2 | If your income rose from EUR 41,000 to EUR 20,000 a year, a rule would apply.
what_if-2 | The score's level would rise from low to medium.
what_if-2 | The refusal would turn into an approval.
what_if-2 | Few training rows lie near the new value.
what_if-3 | Without the mean radius, the score for malignant would fall from 0.78 to 0.4.
what_if-3 | Without the mean radius, the score for benign would rise from 0.4 to 0.78.
what_if-3 | If the mean radius were unknown, the outcome would change from malignant to benign.
what_if-3 | If the mean radius were 20, the outcome would change from benign to malignant.
what_if-3 | Without the mean texture, the sample would come out as malignant.
what_if-3 | Without the mean radius, the sample would come out as benign.
what_if-3 | The score would be cut to a third.
why-1 | Debt counted against you, so the application was declined, and income counted against you.
why-1 | Income counted for you, so the application was declined.
why-1 | The application was declined because income helped.
why-1 | The application was declined, as your income helped.
why-2 | Age counted against you, so the application was declined.
why-2 | The application was declined because age counted against you.
why-1 | Although debt hurt, income weighed more.
why-1 | Debt was the chief reason, followed by income.
why-1 | Debt was the chief reason, followed closely by missed payments.
why-1 | Missed payments were the chief reason, followed by debt.
why-1 | Debt counted against you, lowering the score by 9 points.
why-1 | Debt counted against you, raising the score by 14 points.
why-1 | Income helped, adding fourteen points.
why-1 | Income helped, costing five points.
why-1 | Debt and income spoke for approval, each adding five points.
why-1 | Debt outweighed income, which added fourteen points.
why-1 | Debt outweighed income, which took away fourteen points.
why-1 | Debt outweighed income, which counted against you.
why-1 | It was income that counted against you.
why-1 | It was missed payments that counted against you.
why-1 | Three further reasons together raise the score by about one point.
why-1 | Four further reasons together lower the score by about one point.
why-1 | Three further reasons together lower the score by about nine points.
why-1 | What spoke for you outweighed what spoke against you.
why-1 | Nothing beyond debt and income enters into the score.
why_not-3 | The price would have been lower but for the rooms.
why-1 | At 54, the applicant is younger than the reference age of 41.
why-1 | At 41, the applicant is older than the reference age of 54.
why-1 | The applicant is 20 years older than the reference.
why-1 | Missed payments did the lion's share of the work.
why-1 | Debt did the lion's share of the work.
why-2 | Income, an input flagged as sensitive, helped.
why-1 | Three missed payments within three years counted against you.
why-1 | Two missed payments within two years counted against you.
why-1 | On the plus side stand debt and income.
why-1 | Against the application spoke income.
why-1 | The pull of your debt is put at nine points.
why-1 | The pull of your income is put at five points.
why-1 | The model gave debt no clear direction.
why-1 | Missed payments, where the reference is two, counted against you.
why-1 | Income, where the reference is none at all, helped.
why-1 | Renting, where the reference is renting, counted against you.
why-1 | Income helped, which is why the application was declined.
why-4 | The score is 71 %.
why-4 | The score for staying is low.
why-4 | The case scored 0.71, clearing the bar by 12 points.
why-4 | X pushed the score down, and y pushed it up.
for_and_against-4 | Petal width helped.
for_and_against-4 | Versicolor won by a wide margin.
for_and_against-4 | Petal length counted against versicolor, whereas petal width counted for it.
for_and_against-4 | Petal length raised the score for setosa.
for_and_against-4 | The flower was identified as setosa, with versicolor as the runner-up.
for_and_against-4 | Of the three outcomes, setosa was the likeliest at 45 %.
confidence-2 | The verdict of benign is far from the threshold.
confidence-2 | The verdict of malignant is close to the threshold.
predict-2 | The worst area leans against benign.
predict-2 | Worst concave points and mean texture are tied as the strongest reasons against benign.
predict-2 | The sample was approved.
why-3 | The patient loses five and a half points with an HDL cholesterol of 38 mg/dl.
why-3 | With an HDL cholesterol of 38 mg/dl the patient loses another five and a half points.
why-3 | Body mass index causes the disease.
why-3 | The patient will get worse because of body mass index.
why-3 | Losing weight would lower the score.
why-3 | Sex was the only listed factor counting against the patient.
why-1 | The only listed reason counting against you is debt.
why-1 | Only debt counted against you.
why-1 | Income alone counted for you.
why-1 | Debt, missed payments, housing and income all counted against you.
why-1 | Debt, but not missed payments, counted against you.
why-1 | Both income and debt were higher than the reference and helped.
why-1 | Income helped and was lower than the reference value.
why-1 | Income is higher than the reference and counted against you.
why-1 | The score was raised by income and loan amount and lowered by age.
why-1 | It was by far the main reason.
why-1 | This counted against you.
why-1 | Debt counted against you in all cases.
why-1 | Debt always counts against applicants.
why-1 | Debt counted against all applications.
why-1 | Debt counted against the other applicants.
why-1 | Age made approval less likely.
why-1 | Your age of 45 made no difference.
why-1 | Your debt made refusal more likely, and so did your income.
why-1 | Debt counted for refusal, and income counted for it too.
why-1 | Debt raised the chance of refusal, and income raised it too.
why-1 | Debt lowered the score by 14 %.
why-1 | Debt took 14 EUR off the score.
why-1 | The score is at least 45 %.
why-1 | The score is no more than 40 %.
why-1 | More than half of the listed reasons counted against you.
why-1 | Half of the six listed reasons counted in your favour.
why-1 | Two of the reasons counted in your favour.
why-1 | Exactly two reasons counted in your favour.
confidence-4 | All six listed reasons point clearly one way or the other.
confidence-4 | The direction of all these reasons is settled.
what_if-1 | Lowering existing debt to 12,000 EUR would take the score from medium to high.
what_if-1 | Lowering existing debt to 12,000 EUR would leave the score 14 points above the cut-off.
what_if-1 | Lowering existing debt to 12,000 EUR would push the score below the cut-off.
what_if-1 | With that change, approval would become more likely by 24 points.
what_if-1 | With that change, the chance of approval would double.
what_if-1 | With that change, income would rise.
what_if-1 | If existing debt and income were lower, the application would be approved.
what_if-3 | Without the mean radius, the score for benign would be halved to 0.3.
for_and_against-4 | Petal width counted against you.
for_and_against-4 | Petal length worked in your favour.
why-4 | X counted for you.
why-1 | Age had no clear effect, but not enough to outweigh your debt.
what_if-1 | With that change, the application would be approved, with a score of 0.41.
what_if-1 | With that change, the score would be 55 %, below the cut-off.
what_if-1 | With that change, the score would be 55 %, well above the cut-off.
what_if-1 | With that change, the application would be approved, by a wide margin.
what_if-1 | With that change, the score would be 55 % and nine points short of the cut-off.
what_if-1 | The score is 55 %.
what_if-1 | The application is approved.
what_if-1 | The application was approved with that change.
what_if-1 | The score rose from 41 % to 55 %.
what_if-1 | Lowering existing debt to 12,000 EUR raises the chance of approval from 41 % to 65 %.
what_if-1 | The new score would be below the cut-off of 50 %.
what_if-1 | The new score would be 41 %.
what_if-1 | With an existing debt of 12,000 EUR, the model would decline the application.
what_if-1 | The debt-to-income ratio would also rise, from 43.9 % to 31 %.
what_if-3 | The score would drop to 0.4, above the cut-off of 0.5.
what_if-3 | The score would drop to 0.4, well below the cut-off of 0.5.
why-1 | Because income helped, the application was declined.
why-1 | Approval would have required at least 60 %.
why-1 | The score of 59 % lies below the cut-off of 50 %.
why-1 | The score of 41 % lies above the cut-off of 50 %.
why-1 | At 59 %, the score is below the cut-off of 50 %.
why-1 | Your chance of approval is 41 %, which is 9 points above the cut-off.
why-1 | Your chance of approval is 41 %, which is 19 points below the cut-off.
why-1 | To be approved, the score would have had to be 19 points higher.
why-2 | To be approved, the score would have had to be 9 points higher.
why-1 | The positive factors outweighed the negative ones.
why-1 | Your missed payments mattered less than your income but more than your debt.
why-1 | Your missed payments mattered more than your debt but less than your income.
why-1 | Debt was a strong positive factor.
why-1 | Income was a strong positive factor.
why-1 | Your income had a negative effect on the score.
why-1 | Missed payments had a negative influence of 14 points.
why-1 | Within debt, credit card utilisation weighed more than existing debt.
why-1 | Within debt, income weighed more than existing debt.
why-1 | Debt combines existing debt and income.
why-1 | Debt contributed 14 percentage points.
why-1 | Debt contributed -9 percentage points.
why-1 | Debt reduced the chance of approval by 14 percentage points, and missed payments by 14 points.
why-1 | Debt reduced the chance of approval by 14 percentage points, and income by 5 points.
why-1 | The largest positive contribution came from debt.
why-1 | The largest negative contribution came from income.
why-1 | The main reason your application was approved is your income.
why-1 | The main reason your application was declined is your income.
why-2 | The main reason the application was declined is age.
why-1 | The strongest factor in your favour was the loan amount.
why-1 | On the negative side, your income increased the score by 5 points.
why-1 | On the positive side, debt decreased the score by 14 points.
why-1 | Compared with all applications, your existing debt is low.
why-1 | Compared with all patients, your existing debt is high.
why-1 | You have less existing debt than usual.
why-1 | Renting rather than renting counted slightly against you.
why-1 | The fact that you own counted slightly against you.
why-1 | What stood in the way of approval was mainly missed payments.
why-1 | What stood in the way of approval was income.
why-1 | In favour of approval: debt and loan amount.
why-1 | The application was not approved because of income.
why-1 | The application was not declined because of income.
why-1 | The application was not approved mainly because of missed payments.
why-2 | The score alone would have led to a refusal.
why-2 | The score, not the rule, was decisive.
why-1 | The rule, not the score, was decisive.
why-2 | The application was declined because its score was low.
why-2 | The application was declined because the chance of approval was 61 %.
predict-2 | The sample is predicted to be malignant with a probability of 3 %.
predict-2 | The sample is predicted to be benign with a probability of 97 %.
predict-2 | The model predicts that the sample is benign.
for_and_against-4 | The flower is most likely setosa.
for_and_against-4 | Versicolor is the most likely outcome with 54 %, followed by setosa with 54 %.
for_and_against-4 | Versicolor is the most likely outcome with 45 %, followed by setosa with 45 %.
for_and_against-4 | The runner-up is setosa at 54 %.
confidence-2 | The sample is unusual because of its mean texture.
confidence-2 | The sample is similar to the data the model was trained on.
why-1 | The score is well over 41 %.
why-1 | Debt took about 10 points off the score.
why-1 | Debt weighed almost four times as much as income.
why-1 | Debt, which is lower than usual, counted against you.
why-1 | Debt counted against you, which helped.
why-1 | Income helped, which lowered the score.
why-1 | Income was outweighed by debt, which helped.
why-1 | Debt and income, which both counted against you, weighed most.
why-1 | Income helped because your employer vouched for you.
why-1 | Income did not help and debt hurt.
why-1 | Neither debt nor income counted against you.
why-1 | Debt did not lower the score.
why-1 | Debt did not raise the score by 14 points.
why-1 | Everything but income counted against you.
why-1 | Most reasons counted against you.
why-1 | No reason counted for you.
why-1 | None of the listed reasons counted for you.
why-1 | The only reason was debt.
why-1 | Debt was the reason.
why-3 | Body mass index was the main argument for the patient.
why-3 | The score is favourable.
why-3 | Starting from 206, the model arrives at a disease progression score of 150.
why-3 | The predicted score is 206 percent.
why-3 | The largest positive contribution came from sex.
why-1 | The reasons against you were debt and missed payments.
why-1 | The reasons against you were debt, missed payments and income.
why-1 | The reasons for you were debt, missed payments and housing.
why-1 | Missed payments had the biggest effect on the result.
why-1 | Income is the reason that weighs most against you.
why-1 | Missed payments are the reason that weighs most against you.
why-1 | Among the reasons against approval, missed payments was the strongest.
why-1 | Among the reasons for approval, debt was the strongest.
why-1 | Your income gave you a large boost.
why-1 | Your debt gave you a large boost.
why-1 | The loan amount had only a small negative effect.
why-1 | The loan amount had a large positive effect.
why-1 | The combined effect of debt and missed payments was 14 points.
why-1 | The combined effect of debt and income was 19 points.
why-1 | Together, debt and missed payments lowered the score by 14 percentage points.
why-1 | In total, your income and loan amount raised the score by 5 points.
why-1 | In total, debt lowered the score by 14 points.
why-1 | The remaining four reasons lowered the score by about one point.
why-1 | The remaining three reasons raised the score by about one point.
why-1 | Without debt, the score would have been lower.
why-2 | The outcome was determined by the score and not by a rule.
why-2 | The score favoured refusal.
why-1 | The score favoured approval.
why-2 | The score of 61 % would have been enough for refusal.
why-2 | The score of 71 % would have been enough for approval.
why-1 | The score of 41 % would have been enough for approval.
why-3 | The model predicts 306 for this patient.
why-4 | X was five times as important as y.
why-4 | Y was four times as important as x.
predict-1 | The chance of approval is estimated at 41 percent and that of refusal at 41 percent.
predict-2 | There is a 3 % chance that the sample is malignant.
predict-2 | The probability that the sample is benign is only 97 %.
predict-3 | The estimated price of the house is about 352,000 EUR.
predict-3 | The house has three rooms, one more than the reference value of 4.
predict-3 | The house has three rooms, two fewer than the reference value of 4.
predict-3 | The house has four rooms.
predict-3 | The model started at about 312,000 EUR and arrived at about 280,000 EUR.
for_and_against-4 | "Not sure" came second with 1 %.
for_and_against-4 | Setosa came second with 54 %.
for_and_against-4 | The gap between versicolor and setosa is nineteen points.
for_and_against-4 | Setosa beat versicolor by nine percentage points.
for_and_against-4 | The result was close between versicolor and not sure.
confidence-1 | The score is 18.6 points away from the cut-off.
confidence-2 | The sample differs from the training data in its mean texture.
confidence-1 | The application is unusual compared with the training data.
confidence-1 | The directions of the reasons are not settled.
what_if-1 | If you had 12,000 EUR of existing debt instead of 16,000 EUR, you would be approved.
what_if-2 | If income fell to 20,000 EUR, a fixed rule would approve the application.
what_if-2 | Doubling your income would lower the chance of approval to 31 %.
what_if-1 | Halving your existing debt would raise the chance of approval to 55 %.
what_if-2 | This would be enough for approval.
what_if-2 | This would be enough for refusal to be avoided.
why_not-1 | Approval failed because of income.
why_not-1 | The application would have needed another nineteen points.
why_not-1 | Nineteen points were missing for approval.
why-2 | Nine points were missing for approval.
for_and_against-1 | Arguments for approval were income and debt.
for_and_against-1 | The arguments against approval were income and loan amount.
for_and_against-1 | The reasons for you weighed more than those against you.
why-1 | You own, which lowered the score.
why-1 | You own.
why-1 | You have no debt.
why-1 | You have debt.
why-1 | You have an income of 50,000 EUR a year.
why-1 | You have 41,000 EUR of existing debt.
why-1 | The application came close to refusal.
confidence-2 | The sample came close to benign.
why-1 | This does not matter.
why-1 | That is declined.
why-1 | The house was declined.
why-1 | The patient was declined.
why-1 | A higher income works in favour of approval.
why-1 | Higher income raises the score.
why-1 | A high debt counts against you.
why-1 | The higher income of the reference group counted against you.
why-1 | At 54, the applicant is younger than the reference figure of 41, yet the model gave this no clear direction.
why-2 | At 61, the applicant is older than the reference figure of 41, yet the model gave this no clear direction.
why-1 | At 54, the applicant is older than the reference, which counted against you.
why-1 | Debt could not offset the heavyweights on the other side.
why-1 | The pull of your debt is put at fourteen points, give or take five as its standard error.
for_and_against-4 | Versicolor won by a nose, its 45 percent only nine points ahead of setosa.
for_and_against-4 | Versicolor won by a nose, its 54 percent only five points ahead of setosa.
"""


def _pairs(text: str) -> list[tuple[str, str]]:
    return [(record.strip(), said.strip()) for line in text.strip().splitlines() for record, said in [line.split("|")]]


@functools.cache
def _hearing(record: str) -> Hearing:
    lines = (json.loads(line) for line in RECORDS.read_text(encoding="utf-8").splitlines())
    found = Hearing.of(next(line["record"] for line in lines if line["record_id"] == record), "en")
    assert found is not None
    return found


@pytest.mark.parametrize(("record", "said"), _pairs(TRUE))
def test_a_true_sentence_is_heard(record: str, said: str) -> None:
    _, why = _hearing(record).hear(said)

    assert not why


@pytest.mark.parametrize(("record", "said"), _pairs(FALSE))
def test_a_false_sentence_is_not_supported(record: str, said: str) -> None:
    _, why = _hearing(record).hear(said)

    assert why
