// The days and the answer that the page of the receipt detail and its print share.
import { useQuery } from '@tanstack/react-query';
import { textCodec } from '../../../ui/addressState.ts';
import { call } from '../../../ui/call.ts';
import { useAddressState } from '../../../ui/useAddressState.ts';
import { useCommunity } from '../../access/screens/parts/session.ts';
import { receiptDetailRoutes } from '../receipt-detail.contract.ts';

const codecs = { from: textCodec(), until: textCodec() };

export function useReceiptDetail() {
  const community = useCommunity();
  const [address, setAddress] = useAddressState(codecs);
  const query = {
    ...(address.from === '' ? {} : { from: address.from }),
    ...(address.until === '' ? {} : { until: address.until }),
  };
  const detail = useQuery({
    queryKey: ['receipt-detail', community.id, query],
    queryFn: ({ signal }) =>
      call(receiptDetailRoutes.getReceiptDetail, { params: { communityId: community.id }, query, signal }),
  });
  return { community, query, detail, setAddress };
}
